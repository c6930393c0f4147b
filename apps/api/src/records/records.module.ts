/** Records over HTTP. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { SyncModule } from '../sync/sync.module.ts';
import { RecordsController } from './records.controller.ts';
import { RecordsService } from './records.service.ts';

@Module({
  imports: [AccessModule, SyncModule],
  controllers: [RecordsController],
  providers: [RecordsService],
})
export class RecordsModule {}
