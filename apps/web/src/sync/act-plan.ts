/** Turns an act of a person into intents per document: sets become the elements that differ, nothing is written twice. */
import {
  sameValue,
  type Intent,
  type Register,
  type RegisterRecord,
  type Value,
} from '@lodestone/document-model';
import type { CellEdit } from '../registers/register-view.ts';

/** The intents that make a cell what the edit says; none where it is so already. */
export function intentsOf(
  register: Register,
  record: RegisterRecord,
  { field, value }: CellEdit,
): readonly Intent[] {
  const before = record.fields[field] ?? null;
  if (register.fields[field]?.kind !== 'set') {
    return sameValue(before, value) ? [] : [{ act: 'set', record: record.id, field, value }];
  }
  const [old, wanted] = [elementsOf(before), elementsOf(value)];
  const element = (name: string, present: boolean): Intent => ({
    act: 'element',
    record: record.id,
    field,
    element: name,
    present,
  });

  return [
    ...[...wanted].filter((name) => !old.has(name)).map((name) => element(name, true)),
    ...[...old].filter((name) => !wanted.has(name)).map((name) => element(name, false)),
  ];
}

/** A set with or without one element. */
export function withElement(set: Value, element: string, isIn: boolean): Value {
  const elements = elementsOf(set);
  if (elements.has(element) === isIn) return set;

  return isIn ? [...elements, element] : [...elements].filter((one) => one !== element);
}

/** A birth value: what was given, without empty cells, with the maker's party as owner where none is named. */
export function birthOf(
  register: Register,
  fields: Readonly<Record<string, Value>>,
  party: string,
): Readonly<Record<string, Value>> {
  const birth = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  for (const owner of register.owners) {
    if (birth[owner] === undefined)
      birth[owner] = register.fields[owner]?.kind === 'set' ? [party] : party;
  }

  return birth;
}

function elementsOf(value: Value): ReadonlySet<string> {
  return new Set(Array.isArray(value) ? (value as readonly string[]) : []);
}
