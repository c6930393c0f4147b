/** Decides on the device whether an edit is worth sending again, so that one refusal does not become many. */
import type { Intent, RegisterRecords, Words } from '@lodestone/document-model';
import { rejectionWords, type RejectionCode } from '@lodestone/sync-protocol';
import type { NotAccepted, NotAcceptedChange } from './tray-item.ts';

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
  /** What the server said last about the reader's rights in it; undefined until the first answer of this visit. */
  readonly rights: unknown;
}

/** So many cells of one edit are spoken of. */
const mostChanges = 100;

/** Why an edit cannot be accepted any more; undefined where it may be. */
export function findObstacle(
  intents: readonly Intent[],
  place: CheckedPlace,
  check: IntentCheck,
): NotAccepted | undefined {
  const changes: NotAcceptedChange[] = [];
  const created = new Set<string>();
  for (const intent of intents) {
    if (changes.length === mostChanges) break;
    if (intent.act === 'create') created.add(intent.record);
    else if (created.has(intent.record)) continue;
    const why = obstacleOf(intent, place, check);
    if (why !== undefined) changes.push({ ...placeOf(intent, place), ...why });
  }
  const [first] = changes;
  if (first?.reason === undefined) return undefined;
  const { code, reason, remedy } = first;

  return { code, reason, ...(remedy !== undefined && { remedy }), changes };
}

/** The server's word on an edit, in the words of this side's own check where that comes to the same. */
export function explain(why: NotAccepted, own: NotAccepted | undefined): NotAccepted {
  if (own?.code !== why.code) return why;
  const changes = why.changes?.map((change) => ({ ...wordsFor(change, own), ...change }));
  const { reason, remedy } = own;

  return {
    ...{ ...why, reason },
    ...(remedy !== undefined && { remedy }),
    ...(changes !== undefined && { changes }),
  };
}

function wordsFor(
  change: NotAcceptedChange,
  { changes = [] }: NotAccepted,
): Pick<NotAcceptedChange, 'reason' | 'remedy'> {
  const same = changes.find(
    ({ record, field, element, code }) =>
      record === change.record &&
      field === change.field &&
      element === change.element &&
      code === change.code,
  );

  return {
    ...(same?.reason !== undefined && { reason: same.reason }),
    ...(same?.remedy !== undefined && { remedy: same.remedy }),
  };
}

function obstacleOf(
  intent: Intent,
  place: CheckedPlace,
  check: IntentCheck,
): Pick<NotAcceptedChange, 'code' | 'message' | 'reason' | 'remedy'> | undefined {
  const structural = structureProblem(intent, place.records);
  if (structural !== undefined) {
    const reason = rejectionWords[structural];

    return { code: structural, message: reason.en, reason };
  }
  const verdict = check(intent, place);
  if (verdict.verdict === 'admitted') return undefined;
  const { code, reason, remedy } = verdict;

  return { code, message: reason.en, reason, ...(remedy !== undefined && { remedy }) };
}

function placeOf(
  intent: Intent,
  { records }: CheckedPlace,
): Pick<NotAcceptedChange, 'register' | 'record' | 'field' | 'element'> {
  const field = intent.act === 'create' ? '' : intent.field;
  const place = { register: records.register.name, record: intent.record, field };

  return intent.act === 'element' ? { ...place, element: intent.element } : place;
}

/** A record that exists already is the server's to judge: its id is random, so this very edit has made it. */
function structureProblem(intent: Intent, records: RegisterRecords): RejectionCode | undefined {
  return intent.act === 'create' || records.has(intent.record) ? undefined : 'record.unknown';
}

export function admitAll(): IntentVerdict {
  return { verdict: 'admitted' };
}
