/** Says of a handler that it answers to anybody. Without it a handler answers to a live session alone. */
import { SetMetadata } from '@nestjs/common';

export const IS_PUBLIC = 'lodestone:public';

export function Public(): MethodDecorator & ClassDecorator {
  return SetMetadata(IS_PUBLIC, true);
}
