/** The registers' declarations over HTTP. */
import { Module } from '@nestjs/common';
import { RegistersController } from './registers.controller.ts';

@Module({ controllers: [RegistersController] })
export class RegistersModule {}
