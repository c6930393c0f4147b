/** Editing the active cell: opening, typing, choosing, committing, reverting. */
import type { RecordId, Value, Words } from '@lodestone/document-model';
import type { Column } from '../columns/column.ts';
import {
  beginEdit,
  highlightedOption,
  moveHighlight,
  readEdit,
  tick,
  typeText,
} from '../editing/edit.ts';
import { optionsFor } from '../editing/options.ts';
import type { GridSession } from '../grid-session.ts';
import { draftId } from '../rows/draft-view.ts';
import { birthOf } from '../rows/birth.ts';

/** Opens the active cell, or says why it may not be edited. */
export function openEditor(session: GridSession, how: 'replace' | 'open'): boolean {
  const cell = activeCell(session);
  if (cell === undefined) return false;
  const { record, column } = cell;
  const field = column.sides[0];
  const decision = session.view.decide(record, field);
  if (decision.effect === 'deny') {
    session.denial.set({ record, field: column.field, decision });
    return false;
  }
  const { language } = session.layout.get();
  session.denial.set(undefined);
  session.notice.set(undefined);
  session.edit.set(
    beginEdit(
      {
        record,
        column,
        how,
        before: valueOf(session, record, field),
        options: optionsFor(column.declared, { record, field, language }, session.view),
      },
      session.surroundings.get(),
    ),
  );

  return true;
}

/** The text field holds another text; on a closed cell this begins an edit. */
export function typeInto(session: GridSession, text: string): void {
  if (session.edit.get() === undefined && !openEditor(session, 'replace')) return;
  const edit = session.edit.get();
  if (edit !== undefined) session.edit.set(typeText(edit, text));
}

export function cancelEditor(session: GridSession): void {
  session.edit.set(undefined);
}

/** F2 within an edit that began by typing: from now on the arrows move within the text. */
export function keepOpen(session: GridSession): void {
  const edit = session.edit.get();
  if (edit !== undefined) session.edit.set({ ...edit, how: 'open' });
}

export function highlight(session: GridSession, by: number): void {
  const edit = session.edit.get();
  if (edit !== undefined) session.edit.set(moveHighlight(edit, by));
}

/** Ticks an element of a set, or takes the one value and commits it. */
export function choose(session: GridSession, key: string): boolean {
  const edit = session.edit.get();
  const option = edit?.list?.all.find((candidate) => candidate.key === key);
  if (edit?.list === undefined || option === undefined) return false;
  if (edit.list.ticked !== undefined) {
    session.edit.set(tick(edit, key));
    return false;
  }
  if (option.denied !== undefined) {
    session.edit.set({ ...edit, problem: option.denied });
    return false;
  }

  return write(session, edit.record, edit.column, option.value);
}

/** Space or Enter on the highlighted element of a set; false where none is highlighted. */
export function tickHighlighted(session: GridSession): boolean {
  const edit = session.edit.get();
  const option = edit && highlightedOption(edit);
  if (option === undefined) return false;
  choose(session, option.key);

  return true;
}

/** Sends what the editor holds. False: it stays open, and says why. */
export function commitEditor(session: GridSession): boolean {
  const edit = session.edit.get();
  if (edit === undefined) return true;
  if (session.view.record(edit.record) === undefined) return stay(session, recordGone);
  const reading = readEdit(edit, session.surroundings.get());
  switch (reading.status) {
    case 'invalid':
      return stay(session, reading.problem);
    case 'unchanged':
      session.edit.set(undefined);
      return true;
    case 'value':
      return write(session, edit.record, edit.column, reading.value);
  }
}

/** Space on a closed cell that holds yes or no. */
export function toggleBoolean(session: GridSession): void {
  const cell = activeCell(session);
  if (cell === undefined) return;
  const field = cell.column.sides[0];
  const to = valueOf(session, cell.record, field) !== true;
  const decision = session.view.decide(cell.record, field, to);
  if (decision.effect === 'deny') {
    session.denial.set({ record: cell.record, field: cell.column.field, decision });
    return;
  }
  write(session, cell.record, cell.column, to);
}

function activeCell(
  session: GridSession,
): { readonly record: RecordId; readonly column: Column } | undefined {
  const standing = session.selection.get();
  const column = session.layout.get().columns[standing?.at.column ?? -1];

  return standing === undefined || column === undefined
    ? undefined
    : { record: standing.active.record, column };
}

function write(session: GridSession, record: RecordId, column: Column, value: Value): boolean {
  const field = column.sides[0];
  const row = session.order.rowOf(record);
  const outcome = session.view.act({ edits: [{ record, field, value }] });
  if (outcome.status === 'denied') {
    const { decision } = outcome;
    if (decision.effect === 'permit') return stay(session, recordGone);
    if (session.edit.get() !== undefined) return stay(session, decision.reason);
    session.denial.set({ record, field: column.field, decision });

    return false;
  }
  session.edit.set(undefined);
  const born = outcome.created[0];
  if (record === draftId && born !== undefined) {
    session.order.place([born], row);
    session.selection.standIn(born, column.field);
  }

  return true;
}

function stay(session: GridSession, problem: Words): boolean {
  const edit = session.edit.get();
  if (edit !== undefined) session.edit.set({ ...edit, problem });

  return false;
}

function valueOf(session: GridSession, record: RecordId, field: string): Value {
  return session.view.record(record)?.fields[field] ?? null;
}

/** What a draft still lacks, for the line beside it. */
export function missingInDraft(session: GridSession): readonly Words[] {
  const draft = session.view.draft.get();
  if (draft === undefined) return [];
  const birth = birthOf(session.view.register, draft.record.fields);

  return birth.status === 'incomplete' ? birth.missing : [];
}

const recordGone: Words = {
  en: 'This record is no longer here. Copy your text before you leave the cell.',
  ja: 'この記録は表示できなくなりました。セルを離れる前に入力内容をコピーしてください。',
};
