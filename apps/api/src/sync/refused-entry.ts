/** What a log entry says of a refusal: the code, and of each refused cell where it is, why, and what its author wanted. */
import type { Json } from '@lodestone/audit-log';
import type { RejectionCode } from '@lodestone/sync-protocol';
import type { RefusedChange } from '@lodestone/update-admission';
import type { CountedRefusals } from './refusal-log.ts';

/** Of the values in one entry together: a log that keeps everything must not be filled by what is not let in. */
export const mostWanted = 4 * 1024;
/** A key that is no key may be of any length. */
const mostName = 128;

export interface LoggedRefusal {
  readonly code: RejectionCode;
  readonly message: string;
  readonly changes: readonly Pick<
    RefusedChange,
    'register' | 'record' | 'field' | 'element' | 'code' | 'wanted'
  >[];
}

/** First the refusal as a whole, then each cell; `wanted` is JSON text, and `cut` says that it goes on. */
export function toRefusedChanges({ code, message, changes }: LoggedRefusal): Json {
  let left = mostWanted;
  const cells = changes.map(({ register, record, field, element, wanted, ...change }) => {
    // As text: what was refused may be what PostgreSQL cannot hold.
    const text = wanted === undefined ? undefined : JSON.stringify(wanted);
    const kept = text && wellFormed(text.slice(0, left));
    left -= kept?.length ?? 0;

    return {
      register,
      record: toName(record),
      field: toName(field),
      ...(element !== undefined && { element: toName(element) }),
      code: change.code,
      ...(kept !== undefined && { wanted: kept }),
      ...(text !== undefined && kept !== text && { cut: true }),
    };
  });

  return [{ code, message }, ...cells];
}

export function toCountedChanges({ since, counts }: CountedRefusals): Json {
  return counts.map(({ code, count }) => ({ code, count, since: since.toISOString() }));
}

function toName(text: string): string {
  return wellFormed(text.slice(0, mostName).replaceAll('\0', '\u{fffd}'));
}

/** A cut can fall between the halves of a pair. */
function wellFormed(text: string): string {
  return text.replaceAll(/\p{Surrogate}/gu, '\u{fffd}');
}
