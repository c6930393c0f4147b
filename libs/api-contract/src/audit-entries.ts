/** The history as a list: GET /api/audit/entries, newest first. */
import * as z from 'zod';
import { authorSchema, partyCodeSchema, roleSchema } from './person.ts';
import { plainText } from './plain-text.ts';

/** Filters narrow; what the caller may not read is never among the entries, whatever he asks for. */
export const auditQuerySchema = z.strictObject({
  compartment: plainText(64).optional(),
  actor: z.uuid().optional(),
  party: partyCodeSchema.optional(),
  register: plainText(64).optional(),
  record: plainText(64).optional(),
  field: plainText(64).optional(),
  action: plainText(64).optional(),
  /** Recorded at or later than this moment. */
  from: z.iso.datetime({ offset: true }).optional(),
  /** Recorded earlier than this moment. */
  to: z.iso.datetime({ offset: true }).optional(),
  /** The `next` of the answer before this one. */
  after: plainText(256).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export const auditChangeSchema = z.object({
  register: z.string(),
  record: z.string(),
  /** Empty for the birth of a record. */
  field: z.string(),
  old: z.json(),
  new: z.json(),
});

/** Of an entry with the outcome `refused`, which auditors of the actor's party see: why, and what was wanted where. */
export const auditRefusalSchema = z.object({
  code: z.string(),
  /** Absent where only one cell is meant, or only counted. */
  message: z.string().optional(),
  register: z.string().optional(),
  record: z.string().optional(),
  field: z.string().optional(),
  element: z.string().optional(),
  /** The value as JSON text; the values of one entry are 4 KiB at most together. */
  wanted: z.string().optional(),
  /** It goes on. */
  cut: z.boolean().optional(),
  /** In an entry `refusals.counted`: so many more, without entries of their own, in the second from `since`. */
  count: z.int().positive().optional(),
  since: z.iso.datetime().optional(),
});

export const auditEntrySchema = z.object({
  compartment: z.string(),
  seq: z.int().nonnegative(),
  document: z.string(),
  action: z.string(),
  outcome: z.enum(['admitted', 'refused']),
  actor: authorSchema.extend({ roles: z.array(roleSchema) }),
  at: z.iso.datetime(),
  /** The edit's own id; null where no edit caused the entry. */
  edit: z.string().nullable(),
  changes: z.array(auditChangeSchema),
  /** The refusal as a whole first, then each refused cell. */
  refusals: z.array(auditRefusalSchema).optional(),
});

export const auditAnswerSchema = z.object({
  entries: z.array(auditEntrySchema),
  /** Ask with `after` set to this for older entries; null at the end. */
  next: z.string().nullable(),
});

export type AuditQuery = z.infer<typeof auditQuerySchema>;
export type AuditRefusal = z.infer<typeof auditRefusalSchema>;
export type AuditChange = z.infer<typeof auditChangeSchema>;
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export type AuditAnswer = z.infer<typeof auditAnswerSchema>;
