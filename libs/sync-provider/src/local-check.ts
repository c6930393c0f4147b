/** Decides on the device whether an edit is worth sending again, so that one refusal does not become many. */
import type { Intent, RegisterRecords, Words } from '@lodestone/document-model';
import { rejectionWords, type RejectionCode } from '@lodestone/sync-protocol';
import type { NotAccepted } from './tray-item.ts';

export type IntentVerdict =
  | { readonly verdict: 'admitted' }
  | {
      readonly verdict: 'rejected';
      readonly code: RejectionCode;
      readonly reason: Words;
      readonly remedy?: Words;
    };

/**
 * The caller's rights and value checks, advice only: the server decides. Asked of an intent before it is sent in a new
 * form, never of the cells of a record that the same edit creates.
 */
export type IntentCheck = (intent: Intent, place: CheckedPlace) => IntentVerdict;

export interface CheckedPlace {
  readonly document: string;
  readonly records: RegisterRecords;
}

/** Why an edit cannot be accepted any more; undefined where it may be. */
export function findObstacle(
  intents: readonly Intent[],
  place: CheckedPlace,
  check: IntentCheck,
): NotAccepted | undefined {
  const created = new Set<string>();
  for (const intent of intents) {
    if (intent.act === 'create') created.add(intent.record);
    else if (created.has(intent.record)) continue;
    const code = structureProblem(intent, place.records);
    if (code !== undefined) return { code, reason: rejectionWords[code] };
    const verdict = check(intent, place);
    if (verdict.verdict === 'admitted') continue;
    const { code: refusal, reason, remedy } = verdict;

    return { code: refusal, reason, ...(remedy !== undefined && { remedy }) };
  }

  return undefined;
}

function structureProblem(intent: Intent, records: RegisterRecords): RejectionCode | undefined {
  if (intent.act === 'create') return records.has(intent.record) ? 'record.exists' : undefined;

  return records.has(intent.record) ? undefined : 'record.unknown';
}

export function admitAll(): IntentVerdict {
  return { verdict: 'admitted' };
}
