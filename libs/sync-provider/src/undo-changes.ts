/** What an act changes in each cell, and the intents that take it back or do it again. */
import {
  archivedField,
  formatCellKey,
  type Intent,
  type RegisterRecords,
  type Value,
} from '@lodestone/document-model';
import type { KeptEdit } from './document.ts';
import type { UndoChange } from './undo-step.ts';

export type Direction = 'undo' | 'redo';

/** Distributes the omission over the parts of a union. */
type WithoutEdit<T> = T extends unknown ? Omit<T, 'edit'> : never;

export interface DraftChange {
  readonly intents: Set<Intent>;
  readonly change: WithoutEdit<UndoChange>;
}

/** Asked before the act. Cells of a record that the act itself creates go with their record. */
export function draftChanges(
  document: string,
  intents: readonly Intent[],
  records: RegisterRecords,
): readonly DraftChange[] {
  const drafts = new Map<string, DraftChange>();
  const created = new Set<string>();
  for (const intent of intents) {
    if (created.has(intent.record)) continue;
    if (intent.act === 'create') created.add(intent.record);
    const key = keyOf(intent);
    const earlier = drafts.get(key);
    const change = draftOf(document, intent, records);
    if (earlier === undefined) drafts.set(key, { intents: new Set([intent]), change });
    else drafts.set(key, mergedWith(earlier, intent, change));
  }

  return [...drafts.values()];
}

/** The drafts that became part of an edit, with its id. */
export function completeChanges(
  drafts: readonly DraftChange[],
  edits: readonly KeptEdit[],
): readonly UndoChange[] {
  return drafts.flatMap(({ intents, change }) => {
    const carrier = edits.findLast((edit) => edit.intents.some((intent) => intents.has(intent)));

    return carrier === undefined ? [] : [{ ...change, edit: carrier.edit }];
  });
}

/** What has to stand in the cell for the step to be taken back, or done again, without harm to another's work. */
export function expectedBefore(change: UndoChange, direction: Direction): Value | undefined {
  switch (change.part) {
    case 'record':
      return undefined;
    case 'field':
      return direction === 'undo' ? change.after : change.before;
    case 'element':
      return direction === 'undo' ? change.present : !change.present;
  }
}

export function presentValue(change: UndoChange, records: RegisterRecords): Value {
  const fields = records.get(change.record)?.fields ?? {};
  switch (change.part) {
    case 'record':
      return fields[archivedField] ?? null;
    case 'field':
      return fields[change.field] ?? null;
    case 'element':
      return holds(fields[change.field], change.element);
  }
}

export function intentOf(change: UndoChange, direction: Direction): Intent {
  const { record } = change;
  switch (change.part) {
    case 'record':
      return { act: 'set', record, field: archivedField, value: direction === 'undo' };
    case 'field': {
      const value = direction === 'undo' ? change.before : change.after;

      return { act: 'set', record, field: change.field, value };
    }
    case 'element': {
      const present = direction === 'undo' ? !change.present : change.present;

      return { act: 'element', record, field: change.field, element: change.element, present };
    }
  }
}

function draftOf(
  document: string,
  intent: Intent,
  records: RegisterRecords,
): WithoutEdit<UndoChange> {
  const { record } = intent;
  const fields = records.get(record)?.fields ?? {};
  switch (intent.act) {
    case 'create':
      return { document, record, part: 'record' };
    case 'set': {
      const { field, value } = intent;

      return {
        document,
        record,
        part: 'field',
        field,
        before: fields[field] ?? null,
        after: value,
      };
    }
    case 'element': {
      const { field, element, present } = intent;

      return { document, record, part: 'element', field, element, present };
    }
  }
}

/** Of two intents for one cell: before the first, after the second. */
function mergedWith(
  earlier: DraftChange,
  intent: Intent,
  later: WithoutEdit<UndoChange>,
): DraftChange {
  const intents = earlier.intents.add(intent);
  if (earlier.change.part !== 'field' || later.part !== 'field') return { intents, change: later };

  return { intents, change: { ...later, before: earlier.change.before } };
}

function keyOf(intent: Intent): string {
  switch (intent.act) {
    case 'create':
      return formatCellKey(intent.record);
    case 'set':
      return formatCellKey(intent.record, intent.field);
    case 'element':
      return formatCellKey(intent.record, intent.field, intent.element);
  }
}

function holds(value: Value | undefined, element: string): boolean {
  return Array.isArray(value) && (value as readonly string[]).includes(element);
}
