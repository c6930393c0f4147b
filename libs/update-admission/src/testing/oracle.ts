/** Watches an admitted update being applied, through eyes that know nothing of the gate: Yjs, and the reader of records. */
import {
  checkBirth,
  checkElement,
  checkValue,
  formatCellKey,
  parseCellKey,
  RegisterRecords,
  sameValue,
} from '@lodestone/document-model';
import * as Y from 'yjs';
import type { Admitted, CellChange } from '../change.ts';
import { site } from './sample-register.ts';
import type { Workspace } from './workspace.ts';

/** Every key of a document with its value, and every cell and element as its record reads. */
interface Picture {
  readonly keys: ReadonlyMap<string, unknown>;
  readonly reads: ReadonlyMap<string, unknown>;
}

/** Applies an admitted update; throws where anything happens that its changes do not say. */
export function applyWatched(
  workspace: Workspace,
  update: Uint8Array,
  inspection: Admitted,
): readonly CellChange[] {
  const before = take(workspace);
  const fired = new Set<string>();
  const listen = (event: Y.YMapEvent<unknown>) => {
    for (const key of event.keysChanged) fired.add(key as string);
  };
  workspace.cells.observe(listen);
  Y.applyUpdate(workspace.document, update);
  workspace.cells.unobserve(listen);
  if (workspace.isPending) throw new Error('something is pending');
  const changes = workspace.admission.diff(inspection);
  const after = take(workspace);
  const reported = new Set(changes.map(keyOf));
  if (reported.size !== changes.length) throw new Error('a cell is reported twice');
  for (const change of changes) checkChange(change, before, after);
  for (const key of new Set([...before.keys.keys(), ...after.keys.keys(), ...fired])) {
    if (reported.has(key)) continue;
    if (fired.has(key)) throw new Error(`Yjs tells of ${key}, which is not reported`);
    if (!sameValue(before.keys.get(key), after.keys.get(key))) throw new Error(`${key} differs`);
  }

  return changes;
}

function checkChange(change: CellChange, before: Picture, after: Picture): void {
  const key = keyOf(change);
  const [was, is] = [readOf(before, change, after), readOf(after, change, after)];
  const expected = change.outcome === 'lost' ? was : change.new;
  if (sameValue(was, change.old) && sameValue(is, expected)) return;

  throw new Error(`${key} went from ${show(was)} to ${show(is)}, not as in ${show(change)}`);
}

/** What a cell reads in a picture; before its record was born, what the birth gives it. */
function readOf(picture: Picture, change: CellChange, after: Picture): unknown {
  const { record, field, element } = change;
  if (field === '') return picture.keys.get(record) ?? null;
  const birth = after.keys.get(record) as Record<string, unknown>;
  if (!picture.keys.has(record)) {
    const born = birth[field];
    if (element === undefined) return born ?? null;

    return Array.isArray(born) && born.includes(element);
  }
  const read = picture.reads.get(formatCellKey(record, field, element));

  return read ?? (element === undefined ? null : false);
}

function take({ cells }: Workspace): Picture {
  const records = new RegisterRecords(site, cells);
  const reads = new Map<string, unknown>();
  for (const id of records.ids()) {
    for (const [field, value] of Object.entries(records.get(id)?.fields ?? {})) {
      if (site.fields[field]?.kind !== 'set') reads.set(formatCellKey(id, field), value);
      else
        for (const element of value as string[]) reads.set(formatCellKey(id, field, element), true);
    }
  }

  return { keys: new Map(cells.entries()), reads };
}

/** Throws where a document holds anything that admission must never let in. */
export function checkDocument({ cells }: Workspace): void {
  for (const [key, item] of cells._map) {
    if (item.deleted) throw new Error(`${key} was deleted`);
    const value = cells.get(key);
    if (!isValid(key, value, cells)) throw new Error(`${key} holds ${show(value)}`);
  }
}

function isValid(key: string, value: unknown, cells: Y.Map<unknown>): boolean {
  const parsed = parseCellKey(key);
  if (parsed === undefined || !cells.has(parsed.record)) return false;
  if (parsed.part === 'birth') return checkBirth(site, value) === undefined;
  const field = Object.hasOwn(site.fields, parsed.field) ? site.fields[parsed.field] : undefined;
  if (field === undefined || field.retired === true || field.fixed === true) return false;
  if (parsed.part === 'cell') return field.kind !== 'set' && checkValue(field, value) === undefined;

  return (
    field.kind === 'set' &&
    typeof value === 'boolean' &&
    checkElement(field, parsed.element) === undefined
  );
}

function keyOf({ record, field, element }: CellChange): string {
  return field === '' ? record : formatCellKey(record, field, element);
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
