/** Tells clients what every register is made of: the declarations as they stand, as JSON. */
import { routes, type RegistersAnswer } from '@lodestone/api-contract';
import { registers } from '@lodestone/document-model';
import { Controller, Get } from '@nestjs/common';

@Controller()
export class RegistersController {
  @Get(routes.registers)
  list(): RegistersAnswer {
    return {
      version: Math.max(...registers.map(({ version }) => version)),
      registers: registers.map((register) => ({ ...register })),
    };
  }
}
