/**
 * What the value of each kind of field looks like as JSON, for programs that are not ours. A field narrows its form further
 * (its units, options, bounds); `null` is the empty cell of every kind.
 */
import { largestSet, longestText, type FieldKind } from '@lodestone/document-model';
import * as z from 'zod';

const unit = z.string();
const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const optionKey = z.string();

const schemas = {
  text: z.string().max(longestText),
  number: z.number(),
  quantity: z.union([
    z.strictObject({ amount: z.number(), unit }),
    z.strictObject({ above: z.number(), unit }),
    z.strictObject({ below: z.number(), unit }),
    z.strictObject({ from: z.number(), to: z.number(), unit }),
    z.enum(['withheld', 'not-available']),
  ]),
  money: z
    .strictObject({ minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) })
    .describe('Integer minor units, ISO 4217'),
  date: z.string().regex(/^\d{4}(-(Q[1-4]|H[12]|\d{2}(-\d{2})?))?$/),
  choice: optionKey,
  state: optionKey,
  reference: recordId.describe('The id of a record of the register that the field names'),
  set: z
    .array(z.string())
    .max(largestSet)
    .describe('At birth; then each element is a cell of its own, true or false'),
  boolean: z.boolean(),
  url: z.string().regex(/^https?:\/\/\S+$/),
  point: z
    .strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
    .describe('Degrees (WGS 84)'),
} satisfies Record<FieldKind, z.ZodType>;

export type JsonForm = z.core.JSONSchema.JSONSchema;

export const jsonFormSchemas: Readonly<Record<FieldKind, z.ZodType>> = schemas;

/** By kind, as JSON Schemas. */
export const jsonForms: Readonly<Record<string, JsonForm>> = Object.fromEntries(
  Object.entries(schemas).map(([kind, schema]) => [kind, z.toJSONSchema(schema)]),
);
