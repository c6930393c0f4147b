/** The question an edit of a cell puts: which action it is, and who owns the record. */
import {
  archivedField,
  isPartyCode,
  type PartyCode,
  type Register,
  type Value,
} from '@lodestone/document-model';
import type { Action } from './request.ts';

/** The action that setting a field to a value is; undefined for a move the lifecycle does not know. */
export function actionOf(
  register: Register,
  field: string,
  change: { readonly from: Value; readonly to: Value },
): Action | undefined {
  const lifecycle = register.lifecycle;
  if (lifecycle?.field !== field || field === archivedField) return 'update';
  if (change.from === null || change.from === change.to) return 'move';
  const move = lifecycle.moves[String(change.from)]?.find(({ to }) => to === change.to);
  if (move === undefined) return undefined;

  return move.by === 'approver' ? 'approve' : 'move';
}

/** The parties named in the owner fields, given the value of each field. */
export function ownersOf(
  register: Register,
  valueOf: (field: string) => Value | undefined,
): readonly PartyCode[] {
  const owners = new Set<PartyCode>();
  for (const field of register.owners) {
    const value = valueOf(field);
    for (const party of Array.isArray(value) ? value : [value])
      if (isPartyCode(party)) owners.add(party);
  }

  return [...owners];
}
