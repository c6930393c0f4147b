/** What the signed-in person is told about himself, and may change. */
import {
  type MeAnswer,
  type MePatch,
  type MePatchAnswer,
  mePatchSchema,
  routes,
} from '@lodestone/api-contract';
import { Body, Controller, Get, Inject, Patch, Session } from '@nestjs/common';
import type { SessionData } from 'express-session';

import { APP_CONFIG, type ServingConfig } from '../config/config.token.ts';
import { ZodPipe } from '../http/zod.pipe.ts';
import { CurrentActor } from './current-actor.decorator.ts';
import { Membership } from './membership.ts';
import { PersonRepository } from './person.repository.ts';
import { type SessionActor, toUser } from './person.ts';

@Controller()
export class MeController {
  constructor(
    private readonly membership: Membership,
    private readonly people: PersonRepository,
    @Inject(APP_CONFIG) private readonly config: ServingConfig,
  ) {}

  @Get(routes.me)
  async read(
    @CurrentActor() actor: SessionActor,
    @Session() { csrfToken = '' }: SessionData,
  ): Promise<MeAnswer> {
    return {
      user: toUser(actor),
      csrfToken,
      compartments: await this.membership.compartmentsOf(actor),
      permissions: this.membership.permissions(),
      sample: this.config.isSample,
    };
  }

  @Patch(routes.me)
  async change(
    @CurrentActor() actor: SessionActor,
    @Body(new ZodPipe(mePatchSchema)) { language }: MePatch,
  ): Promise<MePatchAnswer> {
    await this.people.setLanguage(actor.person, language);

    return { user: toUser({ ...actor, language }) };
  }
}
