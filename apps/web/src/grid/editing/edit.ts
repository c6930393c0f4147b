/**
 * One cell being edited, as a value: what was typed, what is chosen from the list, and what committing it would mean.
 * Pure; the text field and the keys are elsewhere.
 */
import {
  formatValue,
  parseValue,
  sameValue,
  type RecordId,
  type Surroundings,
  type Value,
  type Words,
} from '@lodestone/document-model';
import type { Column } from '../columns/column.ts';
import { filterOptions, mostShown, type ListOption } from './options.ts';

export interface Edit {
  readonly record: RecordId;
  readonly column: Column;
  /** `replace`: typing began on the cell; `open`: it was opened with its old value. */
  readonly how: 'replace' | 'open';
  /** The value of the side that is written, when the edit began. */
  readonly before: Value;
  readonly openedWith: string;
  readonly text: string;
  readonly list: ListEdit | undefined;
  /** Why the last attempt to commit failed. */
  readonly problem: Words | undefined;
}

export interface ListEdit {
  readonly all: readonly ListOption[];
  /** Those that the typed text leaves. */
  readonly shown: readonly ListOption[];
  /** Index in `shown`, or -1. */
  readonly highlighted: number;
  /** The elements of a set as they would be committed; undefined where one value is chosen. */
  readonly ticked: ReadonlySet<string> | undefined;
}

export type Reading =
  | { readonly status: 'value'; readonly value: Value }
  | { readonly status: 'unchanged' }
  | { readonly status: 'invalid'; readonly problem: Words };

export interface Beginning {
  readonly record: RecordId;
  readonly column: Column;
  readonly how: 'replace' | 'open';
  readonly before: Value;
  readonly options: readonly ListOption[] | undefined;
}

export function beginEdit(beginning: Beginning, around: Surroundings): Edit {
  const { record, column, how, before, options } = beginning;
  const isSet = column.declared.kind === 'set';
  const text = how === 'replace' || isSet ? '' : formatValue(column.declared, before, around);

  return {
    record,
    column,
    how,
    before,
    openedWith: text,
    text,
    list: options && {
      all: options,
      shown: options,
      highlighted: isSet ? 0 : options.findIndex((option) => option.value === before),
      ticked: isSet
        ? new Set(Array.isArray(before) ? (before as readonly string[]) : [])
        : undefined,
    },
    problem: undefined,
  };
}

/** The text became another: the list shows what it leaves, and the likeliest is highlighted. */
export function typeText(edit: Edit, text: string): Edit {
  if (edit.list === undefined) return { ...edit, text, problem: undefined };
  const shown = filterOptions(edit.list.all, text);
  const highlighted = shown.length === 0 || (text === '' && !edit.list.ticked) ? -1 : 0;

  return { ...edit, text, problem: undefined, list: { ...edit.list, shown, highlighted } };
}

export function moveHighlight(edit: Edit, by: number): Edit {
  if (edit.list === undefined || edit.list.shown.length === 0) return edit;
  const last = Math.min(mostShown, edit.list.shown.length) - 1;
  const from = edit.list.highlighted;
  const start = from === -1 && by < 0 ? last : from + by;
  const highlighted = Math.max(0, Math.min(last, start));

  return { ...edit, list: { ...edit.list, highlighted }, problem: undefined };
}

/** Ticks or unticks an element of a set; the search begins anew. */
export function tick(edit: Edit, key: string): Edit {
  if (edit.list?.ticked === undefined) return edit;
  const ticked = new Set(edit.list.ticked);
  if (!ticked.delete(key)) ticked.add(key);
  const highlighted = Math.max(
    0,
    edit.list.all.findIndex((option) => option.key === key),
  );
  const list = { ...edit.list, ticked, shown: edit.list.all, highlighted };

  return { ...edit, text: '', list, problem: undefined };
}

export function highlightedOption(edit: Edit): ListOption | undefined {
  return edit.list?.shown[edit.list.highlighted];
}

/** What committing would write. */
export function readEdit(edit: Edit, around: Surroundings): Reading {
  const ticked = edit.list?.ticked;
  if (ticked !== undefined) return readSet(edit, ticked, around);
  const isTyped = edit.how === 'replace' || edit.text !== edit.openedWith;
  const option = highlightedOption(edit);
  if (edit.list !== undefined && option !== undefined && (edit.text.trim() !== '' || !isTyped)) {
    if (option.value === edit.before) return { status: 'unchanged' };

    return option.denied === undefined
      ? { status: 'value', value: option.value }
      : { status: 'invalid', problem: option.denied };
  }
  if (!isTyped) return { status: 'unchanged' };

  return unlessSame(edit, parse(edit, edit.text, around));
}

function readSet(edit: Edit, ticked: ReadonlySet<string>, around: Surroundings): Reading {
  const elements = new Set(ticked);
  if (edit.text.trim() !== '') {
    const typed = parse(edit, edit.text, around);
    if (typed.status !== 'value') return typed;
    if (Array.isArray(typed.value))
      for (const element of typed.value) elements.add(String(element));
  }
  const value = elements.size === 0 ? null : [...elements].sort();

  return unlessSame(edit, { status: 'value', value });
}

function parse(edit: Edit, text: string, around: Surroundings): Reading {
  const read = parseValue(edit.column.declared, text, around);

  return read.status === 'parsed'
    ? { status: 'value', value: read.value }
    : { status: 'invalid', problem: read.problem.message };
}

function unlessSame(edit: Edit, reading: Reading): Reading {
  const isSame = reading.status === 'value' && sameValue(reading.value, edit.before);

  return isSame ? { status: 'unchanged' } : reading;
}
