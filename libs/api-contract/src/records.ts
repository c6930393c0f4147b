/** The present records of a register: GET /api/compartments/:compartment/records/:register, and the declarations. */
import * as z from 'zod';
import { authorSchema } from './person.ts';

/** A record as it reads: its birth value overlaid by its cells. */
export const recordSchema = z.object({
  id: z.string(),
  fields: z.record(z.string(), z.json()),
  /** The latest entry that touched it; absent for a record nobody has touched since it was loaded. */
  changed: z
    .object({ seq: z.int().nonnegative(), at: z.iso.datetime(), by: authorSchema })
    .optional(),
});

export const recordsAnswerSchema = z.object({
  /** The compartment's sequence that the records stand at. */
  seq: z.int().nonnegative(),
  records: z.array(recordSchema),
});

export const registersAnswerSchema = z.object({
  /** Declarations only grow; log entries cite this version. */
  version: z.int().positive(),
  /** The declarations as the document-model library writes them. */
  registers: z.array(z.looseObject({ name: z.string() })),
});

export type RecordItem = z.infer<typeof recordSchema>;
export type RecordsAnswer = z.infer<typeof recordsAnswerSchema>;
export type RegistersAnswer = z.infer<typeof registersAnswerSchema>;
