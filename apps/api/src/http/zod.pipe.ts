/** Parses one part of a request at the edge; what does not fit is the problem `request.invalid`, field by field. */
import type { PipeTransform } from '@nestjs/common';
import type { ZodType } from 'zod';

import { ProblemException } from './problem.exception.ts';

const REPORTED = 20;

export class ZodPipe<Output> implements PipeTransform<unknown, Output> {
  constructor(private readonly schema: ZodType<Output>) {}

  transform(value: unknown): Output {
    const result = this.schema.safeParse(value);

    if (result.success) return result.data;

    throw new ProblemException('request.invalid', {
      errors: result.error.issues.slice(0, REPORTED).map(({ path, message }) => ({
        path: path.map(String).join('.'),
        message,
      })),
    });
  }
}
