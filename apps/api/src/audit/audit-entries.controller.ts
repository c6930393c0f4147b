/** The history as a list. */
import {
  auditQuerySchema,
  routes,
  type AuditAnswer,
  type AuditQuery,
} from '@lodestone/api-contract';
import { Controller, Get, Query } from '@nestjs/common';
import { CurrentActor } from '../auth/current-actor.decorator.ts';
import type { SessionActor } from '../auth/person.ts';
import { ZodPipe } from '../http/zod.pipe.ts';
import { AuditEntriesService } from './audit-entries.service.ts';

@Controller()
export class AuditEntriesController {
  constructor(private readonly entries: AuditEntriesService) {}

  @Get(routes.auditEntries)
  async find(
    @CurrentActor() actor: SessionActor,
    @Query(new ZodPipe(auditQuerySchema)) query: AuditQuery,
  ): Promise<AuditAnswer> {
    return this.entries.find(actor.person, query);
  }
}
