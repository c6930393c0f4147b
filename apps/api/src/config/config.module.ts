/** The configuration, for whoever injects it. */
import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_CONFIG, type ServingConfig } from './config.token.ts';

@Global()
@Module({})
export class ConfigModule {
  static with(config: ServingConfig): DynamicModule {
    return {
      module: ConfigModule,
      providers: [{ provide: APP_CONFIG, useValue: config }],
      exports: [APP_CONFIG],
    };
  }
}
