/** What a person may choose in a cell whose values are listed: options, records, yes and no. */
import {
  findRegister,
  fold,
  namesOf,
  optionsOf,
  yesAndNo,
  type Field,
  type Language,
  type RecordId,
  type ReferenceField,
  type Words,
} from '@lodestone/document-model';
import type { RegisterView } from '../view.ts';

export interface ListOption {
  /** The option's key or the record's id. */
  readonly key: string;
  readonly value: string | boolean;
  readonly label: string;
  /** A record's id, where the field shows it before the title. */
  readonly code?: string;
  /** Everything by which it is found, folded. */
  readonly names: readonly string[];
  /** Why it cannot be chosen now. */
  readonly denied?: Words;
}

/** More are never drawn: typing narrows the list. */
export const mostShown = 200;

export type OptionSource = Pick<RegisterView, 'candidates' | 'decide'>;

/** The list of a field's values, or undefined where the field is typed freely. */
export function optionsFor(
  declared: Field,
  cell: { readonly record: RecordId; readonly field: string; readonly language: Language },
  source: OptionSource,
): readonly ListOption[] | undefined {
  switch (declared.kind) {
    case 'boolean':
      return [
        { key: 'true', value: true, ...named(yesAndNo.yes, cell.language) },
        { key: 'false', value: false, ...named(yesAndNo.no, cell.language) },
      ];
    case 'choice':
    case 'state':
      return Object.entries(optionsOf(declared) ?? {}).map(([key, { label }]) => ({
        key,
        value: key,
        ...named(label, cell.language, key),
        ...(declared.kind === 'state' && deniedBy(source, cell, key)),
      }));
    case 'reference':
      return recordsFor(declared, source);
    case 'set':
      return optionsFor(declared.of, cell, source);
    case 'text':
    case 'number':
    case 'quantity':
    case 'money':
    case 'date':
    case 'url':
    case 'point':
      return undefined;
  }
}

/** Those that a typed text may mean, the likeliest first: the whole name, its beginning, any part of it. */
export function filterOptions(options: readonly ListOption[], text: string): readonly ListOption[] {
  const wanted = fold(text);
  if (wanted === '') return options;
  const ranked = options.flatMap((option) => {
    const rank = rankOf(option.names, wanted);

    return rank === undefined ? [] : [{ option, rank }];
  });

  return ranked.sort((a, b) => a.rank - b.rank).map(({ option }) => option);
}

function rankOf(names: readonly string[], wanted: string): number | undefined {
  if (names.includes(wanted)) return 0;
  if (names.some((name) => name.startsWith(wanted))) return 1;

  return names.some((name) => name.includes(wanted)) ? 2 : undefined;
}

function recordsFor(declared: ReferenceField, source: OptionSource): readonly ListOption[] {
  const target = findRegister(declared.register);

  return source.candidates(declared.register).map(({ id, title, record }) => ({
    key: id,
    value: id,
    label: title,
    names: [fold(title), ...(target === undefined ? [fold(id)] : namesOf(target, record))],
    ...(declared.display === 'code' && { code: id }),
  }));
}

function named(label: Words, language: Language, key?: string) {
  const names = [label.en, label.ja, ...(key === undefined ? [] : [key])].map(fold);

  return { label: label[language], names };
}

function deniedBy(
  source: OptionSource,
  cell: { readonly record: RecordId; readonly field: string },
  to: string,
): { readonly denied?: Words } {
  const decision = source.decide(cell.record, cell.field, to);

  return decision.effect === 'deny' ? { denied: decision.reason } : {};
}
