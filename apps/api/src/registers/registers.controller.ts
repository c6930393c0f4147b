/** Tells clients what every register is made of: the declarations as they stand, and the JSON form of every kind of field. */
import { routes, type RegistersAnswer } from '@lodestone/api-contract';
import { registers } from '@lodestone/document-model';
import { Controller, Get } from '@nestjs/common';
import { jsonForms, type JsonForm } from './json-forms.ts';

interface Declarations extends RegistersAnswer {
  readonly kinds: Readonly<Record<string, JsonForm>>;
}

@Controller()
export class RegistersController {
  @Get(routes.registers)
  list(): Declarations {
    return {
      version: Math.max(...registers.map(({ version }) => version)),
      registers: registers.map((register) => ({ ...register })),
      kinds: jsonForms,
    };
  }
}
