/** The sample workspace, for a start that asks for it. */
import { Module } from '@nestjs/common';
import { AccessModule } from '../access/access.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { SyncModule } from '../sync/sync.module.ts';
import { SampleLoader } from './sample-loader.service.ts';

@Module({ imports: [AccessModule, AuthModule, SyncModule], providers: [SampleLoader] })
export class SampleModule {}
