/** The messages of the `/sync` namespace, as schemas: what arrives is parsed at the edge and trusted inside. */
import { z } from 'zod';

/** The protocol that this code speaks; a client names it at `open`. */
export const protocolVersion = 1;

/** The largest update in bytes; above it the answer is `update.too-large`. */
export const largestUpdate = 256 * 1024;

/** The largest message in bytes; above it the socket ends. */
export const largestMessage = 1024 * 1024;

const documentName = z.string().max(200);
const sequence = z.number().int().nonnegative();
const clientId = z.number().int().min(0).max(0xffff_ffff);
const editId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);
const bytes = z.instanceof(Uint8Array);

export const openMessage = z.object({
  document: documentName,
  protocol: z.number().int(),
  /** The device store's own random id. */
  device: z.string().regex(/^[A-Za-z0-9_-]{8,64}$/),
  stateVector: bytes.optional(),
  clientId: clientId.optional(),
  generation: z.number().int().positive().optional(),
});

export const updateMessage = z.object({
  document: documentName,
  update: bytes,
  edit: editId.optional(),
  seen: sequence.optional(),
});

export const presenceMessage = z.object({
  document: documentName,
  at: z.object({ record: z.string().max(64), field: z.string().max(64) }).nullable(),
  editing: z.boolean(),
});

export const readMessage = z.object({ document: documentName, seq: sequence });

export const leaveMessage = z.object({ document: documentName });

export type OpenMessage = z.infer<typeof openMessage>;
export type UpdateMessage = z.infer<typeof updateMessage>;
export type PresenceMessage = z.infer<typeof presenceMessage>;
export type ReadMessage = z.infer<typeof readMessage>;
export type LeaveMessage = z.infer<typeof leaveMessage>;
