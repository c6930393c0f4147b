/** Passport, with the strategies by which a person can sign in. An instance of ours: its global one is shared by all. */
import { Injectable } from '@nestjs/common';
import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';

import type { Person } from './person.ts';
import { type SignInOutcome, SignInService } from './sign-in.service.ts';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Passport's own way of typing its user
  namespace Express {
    // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- it is a person, no more
    interface User extends Person {}
  }
}

@Injectable()
export class PassportSignIn {
  readonly #passport = new passport.Passport();

  constructor(signIn: SignInService) {
    this.#passport.use(
      new LocalStrategy(
        { usernameField: 'email', passwordField: 'password', passReqToCallback: true },
        (request, email, password, done) => {
          signIn.attempt({ email, password, address: request.ip ?? '' }).then(
            (outcome) => {
              if (outcome.outcome === 'signed-in') done(null, outcome.person);
              else done(null, false, outcome as never);
            },
            (error: unknown) => {
              done(error);
            },
          );
        },
      ),
    );
    this.#passport.serializeUser((person, done) => {
      done(null, person.id);
    });
  }

  /** Judges the body of a sign-in, already parsed. Opens no session. */
  authenticate(request: Request, response: Response): Promise<SignInOutcome> {
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        reject(error instanceof Error ? error : new Error('Passport failed', { cause: error }));
      };
      const settle = (error: unknown, person: Person | false | null | undefined, info: unknown) => {
        if (error) fail(error);
        else if (person) resolve({ outcome: 'signed-in', person });
        else resolve(isThrottled(info) ? info : { outcome: 'refused' });
      };

      const judge = this.#passport.authenticate('local', settle) as RequestHandler;

      void judge(request, response, fail);
    });
  }
}

function isThrottled(info: unknown): info is Extract<SignInOutcome, { outcome: 'throttled' }> {
  return (
    typeof info === 'object' && info !== null && 'outcome' in info && info.outcome === 'throttled'
  );
}
