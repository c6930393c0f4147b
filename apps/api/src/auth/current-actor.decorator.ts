/** Hands a handler the actor of its session. */
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

import { ProblemException } from '../http/problem.exception.ts';
import type { SessionActor } from './person.ts';

export const CurrentActor = createParamDecorator(
  (_argument: unknown, context: ExecutionContext): SessionActor => {
    const { actor } = context.switchToHttp().getRequest<Request>();

    // On a public handler there is no session to speak of.
    if (!actor) throw new ProblemException('session.required');

    return actor;
  },
);
