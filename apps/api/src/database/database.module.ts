/** The database as the role that serves: TypeORM for entities, a pool for the writer's turns and reads of the log. */
import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Pool } from 'pg';
import { AppPool } from './app-pool.ts';
import { createServingDataSource } from './data-source.ts';
import { endSilentConnections } from './silent-connections.ts';

type EntityClass = abstract new (...given: never[]) => object;

@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(AppPool) private readonly pool: AppPool) {}

  static connect(databaseUrl: string, entities: readonly EntityClass[]): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => createServingDataSource(databaseUrl, entities).options,
          dataSourceFactory: async () => {
            const dataSource = await createServingDataSource(databaseUrl, entities).initialize();
            const { master } = dataSource.driver as unknown as { readonly master: Pool };
            endSilentConnections(master);

            return dataSource;
          },
        }),
      ],
      providers: [{ provide: AppPool, useFactory: () => new AppPool(databaseUrl) }],
      exports: [AppPool],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.pool.end();
  }
}
