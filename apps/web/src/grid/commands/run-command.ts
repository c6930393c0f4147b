/** Does what a key asked for. */
import type { CompartmentId, RecordId } from '@lodestone/document-model';
import type { GridSession } from '../grid-session.ts';
import type { Command } from '../keyboard.ts';
import type { Step } from '../selection/geometry.ts';
import { isEmptyDraft } from '../rows/draft-view.ts';
import { clearMarked } from './blocks.ts';
import {
  cancelEditor,
  commitEditor,
  highlight,
  keepOpen,
  openEditor,
  tickHighlighted,
  toggleBoolean,
} from './edit-cell.ts';
import { markAll, markRow, move, unmark } from './move.ts';
import { addRow, archiveMarked } from './rows.ts';
import { redo, undo } from './undo.ts';

export interface CommandContext {
  readonly session: GridSession;
  readonly newRowCompartment: CompartmentId | undefined;
  readonly onOpenRecord: (record: RecordId) => void;
}

/** A line break needs the caret, so the text field does it itself. */
export type RunnableCommand = Exclude<Command, { readonly does: 'line-break' }>;

export function runCommand(command: RunnableCommand, context: CommandContext): void {
  const { session } = context;
  switch (command.does) {
    case 'move':
      move(session, command.step, command.extend);
      return;
    case 'open':
      openEditor(session, 'open');
      return;
    case 'toggle':
      toggleBoolean(session);
      return;
    case 'clear':
      clearMarked(session);
      return;
    case 'mark-all':
      markAll(session);
      return;
    case 'mark-row':
      markRow(session, session.selection.get()?.at.row ?? 0, false);
      return;
    case 'unmark':
      escape(session);
      return;
    case 'undo':
      undo(session);
      return;
    case 'redo':
      redo(session);
      return;
    case 'add-row':
      makeRow(context);
      return;
    case 'archive':
      archiveMarked(session);
      return;
    case 'open-record':
      openRecord(context);
      return;
    case 'column-menu':
      session.openMenu.set(session.selection.get()?.active.field);
      return;
    case 'commit':
      commit(command.then, context);
      return;
    case 'cancel':
      cancelEditor(session);
      if (isEmptyDraft(session.view)) session.view.discard();
      return;
    case 'keep-open':
      keepOpen(session);
      return;
    case 'highlight':
      highlight(session, command.by);
      return;
    case 'tick':
      if (!tickHighlighted(session)) commit(below, context);
      return;
  }
}

const below: Step = { by: 'cells', rows: 1, columns: 0 };

function commit(then: Step | 'stay' | 'add-row', context: CommandContext): void {
  if (!commitEditor(context.session) || then === 'stay') return;
  if (then === 'add-row') makeRow(context);
  else move(context.session, then, false);
}

function makeRow({ session, newRowCompartment }: CommandContext): void {
  if (newRowCompartment !== undefined) addRow(session, newRowCompartment);
}

function openRecord({ session, onOpenRecord }: CommandContext): void {
  const active = session.selection.get()?.active;
  if (active !== undefined) onOpenRecord(active.record);
}

/** Esc takes back one thing at a time: what was said, what is marked, a row that is not made yet. */
function escape(session: GridSession): void {
  const standing = session.selection.get();
  const box = standing?.box;
  const isBlock = box !== undefined && (box.top !== box.bottom || box.left !== box.right);
  if (session.notice.get() !== undefined) session.notice.set(undefined);
  else if (session.denial.get() !== undefined) session.denial.set(undefined);
  else if (isBlock) unmark(session);
  else if (session.view.draft.get() !== undefined) session.view.discard();
}
