/**
 * The one text field of the grid. It has the keyboard as long as the grid is in use and lies over the active cell,
 * unseen until someone types: so an input method composes its first character in a real text field and loses nothing.
 * Its text is never written while something is being composed.
 */
import {
  useLayoutEffect,
  useRef,
  type ClipboardEvent,
  type SyntheticEvent,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { RecordId } from '@lodestone/document-model';
import { textIn } from '../cells/cell-text.ts';
import { commitEditor, typeInto } from '../commands/edit-cell.ts';
import { clearMarked, copyMarked } from '../commands/blocks.ts';
import { runCommand, type CommandContext } from '../commands/run-command.ts';
import type { Column } from '../columns/column.ts';
import { useWatched } from '../state/observable.ts';
import { commandEditing, commandStanding, type KeyPress } from '../keyboard.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { titleText } from '../rows/row-title.ts';
import type { Edit } from './edit.ts';
import { takesLines } from './editor-place.ts';
import { EditorPopup } from './editor-popup.tsx';
import { useEditorPlace } from './use-editor-place.ts';

/** On a phone a tap only looks: the keyboard of the screen comes when a cell is opened. */
const isTouched = typeof matchMedia === 'function' && matchMedia('(pointer: coarse)').matches;

export interface CellEditorProps {
  readonly drawing: Drawing;
  readonly scroller: HTMLDivElement | null;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly context: CommandContext;
  readonly onPaste: (text: string) => void;
}

export function CellEditor({ drawing, scroller, field, context, onPaste }: CellEditorProps) {
  const { session, gridId, text } = drawing;
  const edit = useWatched(session.edit);
  const standing = useWatched(session.selection);
  const { columns } = useWatched(session.layout);
  const frame = useRef<HTMLDivElement>(null);
  const isComposing = useRef(false);
  const column = edit?.column ?? columns[standing?.at.column ?? -1];
  useEditorPlace({ session, frame, scroller, field });
  useTextOf(edit, field, isComposing);
  const isMany = column !== undefined && takesLines(column);
  const activeId =
    edit === undefined
      ? standing && `${gridId}-${standing.active.record}-${standing.active.field}`
      : edit.list?.shown[edit.list.highlighted] &&
        `${gridId}-option-${String(edit.list.highlighted)}`;
  const onInput = (event: SyntheticEvent<HTMLTextAreaElement>) => {
    typeInto(session, event.currentTarget.value);
    if (session.edit.get() === undefined && !isComposing.current) event.currentTarget.value = '';
  };

  return (
    <div ref={frame} className={frameClasses(edit, column)} data-editing={edit !== undefined}>
      <textarea
        ref={field}
        className="grid-field"
        rows={1}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        lang={drawing.layout.language}
        inputMode={edit === undefined && isTouched ? 'none' : undefined}
        wrap={isMany ? 'soft' : 'off'}
        placeholder={placeholderOf(edit, drawing)}
        aria-label={labelOf(drawing, column, standing?.active.record)}
        aria-controls={edit?.list === undefined ? gridId : `${gridId}-options`}
        aria-activedescendant={activeId ?? undefined}
        aria-autocomplete={edit?.list === undefined ? 'none' : 'list'}
        aria-haspopup={edit?.list === undefined ? undefined : 'listbox'}
        aria-invalid={edit?.problem !== undefined || undefined}
        aria-describedby={`${gridId}-hint ${gridId}-locked`}
        onKeyDown={(event) => {
          onKeyDown(event, isComposing.current, context);
        }}
        onInput={onInput}
        onCompositionStart={(event) => {
          isComposing.current = true;
          typeInto(session, event.currentTarget.value);
        }}
        onCompositionEnd={(event) => {
          isComposing.current = false;
          onInput(event);
        }}
        onFocus={() => {
          session.isFocused.set(true);
        }}
        onBlur={(event) => {
          // The window lost the focus, or the list took it for a moment: whoever comes back finds his text again.
          const isKept = document.activeElement === field.current;
          if (isKept || frame.current?.contains(event.relatedTarget) === true) return;
          session.isFocused.set(false);
          commitEditor(session);
        }}
        onCopy={(event) => {
          onCopy(event, context, { cuts: false });
        }}
        onCut={(event) => {
          onCopy(event, context, { cuts: true });
        }}
        onPaste={(event) => {
          if (session.edit.get() !== undefined) return;
          event.preventDefault();
          onPaste(event.clipboardData.getData('text/plain'));
        }}
      />
      <EditorPopup drawing={drawing} edit={edit} text={text} />
    </div>
  );
}

/** Writes the edit's text into the field wherever the two differ, and puts the caret where an edit begins. */
function useTextOf(
  edit: Edit | undefined,
  field: RefObject<HTMLTextAreaElement | null>,
  isComposing: RefObject<boolean>,
): void {
  const last = useRef<Edit | undefined>(undefined);
  useLayoutEffect(() => {
    const element = field.current;
    const before = last.current;
    last.current = edit;
    if (element === null || isComposing.current) return;
    const text = edit?.text ?? '';
    writeText(element, text);
    const begins = edit !== undefined && before?.record !== edit.record;
    const isOther = begins || before?.column.field !== edit?.column.field;
    if (edit?.how !== 'open' || !(isOther || before === undefined)) return;
    if (edit.list === undefined) element.setSelectionRange(text.length, text.length);
    else element.select();
  }, [edit, field, isComposing]);
}

function writeText(element: HTMLTextAreaElement, text: string): void {
  if (element.value !== text) element.value = text;
}

function onKeyDown(
  event: KeyboardEvent<HTMLTextAreaElement>,
  isComposing: boolean,
  context: CommandContext,
): void {
  // The input method owns this key. Chromium sends 229 for it; Safari ends the composition before Enter arrives.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no other property tells these keys apart
  if (event.nativeEvent.isComposing || isComposing || event.keyCode === 229) return;
  const press: KeyPress = {
    key: event.key,
    shift: event.shiftKey,
    alt: event.altKey,
    mod: event.ctrlKey || event.metaKey,
  };
  const { session } = context;
  const edit = session.edit.get();
  const column = session.layout.get().columns[session.selection.get()?.at.column ?? -1];
  const command =
    edit === undefined
      ? commandStanding(press, { kind: column?.declared.kind })
      : commandEditing(press, {
          how: edit.how,
          text: edit.text,
          takesLines: takesLines(edit.column),
          list: edit.list === undefined ? 'none' : edit.list.ticked === undefined ? 'one' : 'set',
        });
  if (command === undefined) return;
  event.preventDefault();
  if (command.does === 'line-break') insertLine(event.currentTarget, context);
  else runCommand(command, context);
}

function insertLine(field: HTMLTextAreaElement, { session }: CommandContext): void {
  field.setRangeText('\n', field.selectionStart, field.selectionEnd, 'end');
  typeInto(session, field.value);
}

function onCopy(
  event: ClipboardEvent,
  { session }: CommandContext,
  { cuts }: { readonly cuts: boolean },
): void {
  if (session.edit.get() !== undefined) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', copyMarked(session));
  if (cuts) clearMarked(session);
}

function frameClasses(edit: Edit | undefined, column: Column | undefined): string {
  const classes = [
    'grid-editor',
    edit !== undefined && 'is-open',
    edit?.problem !== undefined && 'is-invalid',
    column?.align === 'end' && 'is-end',
    column !== undefined && takesLines(column) && 'is-many',
  ];

  return classes.filter(Boolean).join(' ');
}

function placeholderOf(edit: Edit | undefined, { text }: Drawing): string | undefined {
  const ticked = edit?.list?.ticked;

  return ticked === undefined ? undefined : text('tickedCount', { count: ticked.size });
}

function labelOf(
  { session, layout, text }: Drawing,
  column: Column | undefined,
  id: RecordId | undefined,
): string {
  const record = id === undefined ? undefined : session.view.record(id);
  if (column === undefined || record === undefined) return text('noCell');
  const value = textIn(column, record, session.surroundings.get());

  return text('cellLabel', {
    column: column.label,
    record: titleText(session.view.register, record, layout.language),
    value: value === '' ? text('emptyValue') : value,
  });
}
