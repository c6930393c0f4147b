/** The history over HTTP. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { AuditEntriesController } from './audit-entries.controller.ts';
import { AuditEntriesService } from './audit-entries.service.ts';

@Module({
  imports: [AccessModule],
  controllers: [AuditEntriesController],
  providers: [AuditEntriesService],
})
export class AuditModule {}
