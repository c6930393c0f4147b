/** Lets a call through to its handler only in a live session, and a change only with that session's CSRF token. */
import { createHash, timingSafeEqual } from 'node:crypto';

import { CSRF_HEADER } from '@lodestone/api-contract';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';

import { ProblemException } from '../http/problem.exception.ts';
import { changesState } from './cross-site.guard.ts';
import type { SessionActor } from './person.ts';
import { IS_PUBLIC } from './public.decorator.ts';
import { SessionService } from './session.service.ts';

declare module 'express-serve-static-core' {
  interface Request {
    /** Set by the guard, before any handler that is not public. */
    actor?: SessionActor;
  }
}

@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];

    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, targets)) return true;

    const request = context.switchToHttp().getRequest<Request>();
    const state = await this.sessions.stateOf(request);

    if (state.status === 'none') throw new ProblemException('session.required');
    if (state.status === 'ended') throw new ProblemException('session.ended');
    if (changesState(request) && !isSame(request.get(CSRF_HEADER), state.csrfToken)) {
      throw new ProblemException('csrf.invalid');
    }
    request.actor = state.actor;

    return true;
  }
}

/** Compares digests, so that neither the time nor the length tells how much was right. */
function isSame(given: string | undefined, expected: string): boolean {
  return given !== undefined && timingSafeEqual(digest(given), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
