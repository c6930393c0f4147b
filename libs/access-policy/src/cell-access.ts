/** The question an edit of a cell puts: which action it is, and who owns the record (AP10, AP11). */
import {
  archivedField,
  isPartyCode,
  type Lifecycle,
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
  const { from, to: next } = change;
  if (from === next) return 'move';
  // Nobody gets past an approval by making a record behind it, or by giving a state where there was none.
  if (from === null) return firstStates(lifecycle).has(next) ? 'move' : 'approve';
  if (typeof from !== 'string' || !Object.hasOwn(lifecycle.moves, from)) return undefined;
  const move = lifecycle.moves[from]?.find(({ to }) => to === change.to);
  if (move === undefined) return undefined;

  return move.by === 'approver' ? 'approve' : 'move';
}

/** The actions that making a record with this birth value is: a state behind an approval needs the approver too. */
export function actionsOfBirth(
  register: Register,
  birth: Readonly<Record<string, Value>>,
): readonly Action[] {
  const field = register.lifecycle?.field;
  const state = field === undefined ? null : (birth[field] ?? null);
  if (field === undefined || state === null) return ['create'];

  return actionOf(register, field, { from: null, to: state }) === 'approve'
    ? ['create', 'approve']
    : ['create'];
}

/** The states that editors reach from the first declared one by moves of their own. */
function firstStates({ moves }: Lifecycle): ReadonlySet<Value> {
  const reached = new Set<string>(Object.keys(moves).slice(0, 1));
  for (const state of reached) {
    for (const move of moves[state] ?? []) if (move.by === undefined) reached.add(move.to);
  }

  return reached;
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
