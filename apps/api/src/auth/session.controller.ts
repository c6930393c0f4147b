/** Signing in and out. */
import { routes, type SignInAnswer, signInRequestSchema } from '@lodestone/api-contract';
import { Body, Controller, Delete, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';

import { ProblemException } from '../http/problem.exception.ts';
import { ZodPipe } from '../http/zod.pipe.ts';
import { CurrentActor } from './current-actor.decorator.ts';
import { PassportSignIn } from './passport-sign-in.ts';
import { type SessionActor, toUser } from './person.ts';
import { Public } from './public.decorator.ts';
import { SessionService } from './session.service.ts';

@Controller()
export class SessionController {
  constructor(
    private readonly passport: PassportSignIn,
    private readonly sessions: SessionService,
  ) {}

  @Public()
  @Post(routes.session)
  async signIn(
    @Body(new ZodPipe(signInRequestSchema)) body: unknown,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SignInAnswer> {
    request.body = body;
    const outcome = await this.passport.authenticate(request, response);

    switch (outcome.outcome) {
      case 'refused':
        throw new ProblemException('auth.failed');
      case 'throttled':
        throw new ProblemException('auth.throttled', {
          retryAfterSeconds: outcome.retryAfterSeconds,
        });
      case 'signed-in': {
        const { actor, csrfToken } = await this.sessions.open(request, outcome.person);

        return { user: toUser(actor), csrfToken };
      }
    }
  }

  @Delete(routes.session)
  @HttpCode(204)
  async signOut(
    @CurrentActor() actor: SessionActor,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.signOut(request, response, actor);
  }
}
