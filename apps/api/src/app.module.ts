/** The application, put together from its features. */
import { Module, type DynamicModule } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.ts';
import { authEntities, AuthModule } from './auth/auth.module.ts';
import { ConfigModule } from './config/config.module.ts';
import type { ServingConfig } from './config/config.token.ts';
import { DatabaseModule } from './database/database.module.ts';
import { HealthModule } from './health/health.module.ts';
import { RecordsModule } from './records/records.module.ts';
import { RegistersModule } from './registers/registers.module.ts';
import { SampleModule } from './sample/sample.module.ts';
import { SyncModule } from './sync/sync.module.ts';

@Module({})
export class AppModule {
  static with(config: ServingConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.connect(config.databaseUrl, authEntities),
        AuthModule,
        HealthModule,
        SyncModule,
        RegistersModule,
        RecordsModule,
        AuditModule,
        SampleModule,
      ],
    };
  }
}
