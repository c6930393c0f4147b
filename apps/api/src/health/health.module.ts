/** Whether the process is alive, and whether it can serve. */
import { Module } from '@nestjs/common';

import { HealthController } from './health.controller.ts';
import { Readiness } from './readiness.service.ts';

@Module({ controllers: [HealthController], providers: [Readiness], exports: [Readiness] })
export class HealthModule {}
