/** What the client does about each of the server's codes, and what it tells the person. */
import type { Words } from '@lodestone/document-model';
import { rejectionWords, type RejectionCode } from '@lodestone/sync-protocol';

/**
 * `final`: it is the person's to decide · `wait`: the same again later · `new-lease`: start again under another client
 * id · `signed-out` and `outdated`: everything is kept until the person has signed in, or reloaded the page.
 */
export type Course = 'final' | 'wait' | 'new-lease' | 'signed-out' | 'outdated';

const courses = {
  'access.denied': 'final',
  'value.invalid': 'final',
  'value.changed': 'final',
  'record.exists': 'final',
  'record.unknown': 'final',
  'update.malformed': 'final',
  'update.too-large': 'final',
  'update.unstorable': 'final',
  'client-id.foreign': 'new-lease',
  'rate.limited': 'wait',
  'session.ended': 'signed-out',
  'protocol.version': 'outdated',
  unavailable: 'wait',
} as const satisfies Record<RejectionCode, Course>;

/** A newer server may know further codes: such a refusal is the person's to decide. */
export function courseOf(code: RejectionCode): Course {
  return (courses as Partial<Record<string, Course>>)[code] ?? 'final';
}

/** @param message the server's own words, for a code that this client does not know */
export function reasonOf(code: RejectionCode, message: string): Words {
  const known = (rejectionWords as Partial<Record<string, Words>>)[code];

  return known ?? { en: message, ja: message };
}
