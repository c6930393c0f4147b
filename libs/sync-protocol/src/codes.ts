/** The codes of the protocol: stable, for machines. A new one is added here and in PROTOCOL.md. */
export const rejectionCodes = [
  'access.denied',
  'value.invalid',
  'value.changed',
  'record.exists',
  'record.unknown',
  'update.malformed',
  'update.too-large',
  'update.unstorable',
  'client-id.foreign',
  'rate.limited',
  'session.ended',
  'protocol.version',
  'unavailable',
] as const;

export type RejectionCode = (typeof rejectionCodes)[number];
