/** Text as PostgreSQL can store and compare it: bounded, and without U+0000. */
import * as z from 'zod';

export function plainText(maximumLength: number) {
  return z
    .string()
    .max(maximumLength)
    .refine((text) => !text.includes('\u0000'), { error: 'contains U+0000' });
}
