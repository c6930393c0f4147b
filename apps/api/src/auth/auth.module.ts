/** Who is this: accounts, signing in, sessions, and the guards that stand before every handler. */
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { CrossSiteGuard } from './cross-site.guard.ts';
import { MeController } from './me.controller.ts';
import { Membership } from './membership.ts';
import { OriginPolicy } from './origin-policy.ts';
import { PartyEntity } from './party.entity.ts';
import { PassportSignIn } from './passport-sign-in.ts';
import { PasswordHasher } from './password-hasher.service.ts';
import { PersonEntity } from './person.entity.ts';
import { PersonRepository } from './person.repository.ts';
import { SessionController } from './session.controller.ts';
import { SessionEvents } from './session-events.ts';
import { SessionGuard } from './session.guard.ts';
import { SessionService } from './session.service.ts';
import { SessionStore } from './session-store.ts';
import { SignInService } from './sign-in.service.ts';
import { SignInThrottle } from './sign-in-throttle.service.ts';

/** To be listed in the data source. */
export const authEntities = [PartyEntity, PersonEntity] as const;

/** Needs the data source of the app role, and `APP_CONFIG`, from global modules. */
@Module({
  controllers: [SessionController, MeController],
  providers: [
    Membership,
    OriginPolicy,
    PassportSignIn,
    PasswordHasher,
    PersonRepository,
    SessionEvents,
    SessionService,
    SessionStore,
    SignInService,
    SignInThrottle,
    // In this order.
    { provide: APP_GUARD, useClass: CrossSiteGuard },
    { provide: APP_GUARD, useClass: SessionGuard },
  ],
  exports: [OriginPolicy, PasswordHasher, PersonRepository, SessionEvents, SessionService],
})
export class AuthModule {}
