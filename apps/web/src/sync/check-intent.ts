/** What this side knows against an intent: faults of its value, and rights its author does not have. Advice: the server decides. */
import {
  checkBirth,
  checkElement,
  checkValue,
  noSuchField,
  type Intent,
  type Register,
  type Words,
} from '@lodestone/document-model';
import type { Decision, PartyNames } from '@lodestone/access-policy';
import type { CheckedPlace, IntentVerdict } from '@lodestone/sync-provider';
import { decideBirth, decideCell } from './cell-rights.ts';
import type { DocumentRights } from './document-rights.ts';

/** What the server would say to an edit that is about to be sent in a new form: the value first, then rights. */
export function checkIntent(intent: Intent, place: CheckedPlace, names: PartyNames): IntentVerdict {
  const problem = valueProblem(intent, place.records.register);
  if (problem !== undefined) return { verdict: 'rejected', code: 'value.invalid', reason: problem };
  const decision = decideIntent(intent, place, names);
  if (decision?.effect !== 'deny') return { verdict: 'admitted' };
  const { reason, remedy } = decision;

  return { verdict: 'rejected', code: 'access.denied', reason, remedy };
}

/** The field's own words on a value that does not fit it; undefined where nothing is wrong with it. */
export function valueProblem(intent: Intent, register: Register): Words | undefined {
  if (intent.act === 'create') return checkBirth(register, intent.birth)?.problem.message;
  const field = register.fields[intent.field];
  if (field === undefined) return noSuchField.message;
  if (intent.act === 'set') return checkValue(field, intent.value)?.message;

  return field.kind === 'set' ? checkElement(field, intent.element)?.message : undefined;
}

/** Undefined where the rights, or the record, are not known here. */
function decideIntent(
  intent: Intent,
  { records, ...place }: CheckedPlace,
  names: PartyNames,
): Decision | undefined {
  const { register } = records;
  const rights = place.rights as DocumentRights | undefined;
  if (rights === undefined) return undefined;
  if (intent.act === 'create') return decideBirth(register, intent.birth, rights, names);
  const record = records.get(intent.record);
  if (record === undefined) return undefined;
  const to = intent.act === 'set' ? { to: intent.value } : {};

  return decideCell({ register, record, field: intent.field, ...to }, rights, names);
}
