/** A register: one declaration per record type, from which every screen, check and export is drawn. */
import type { ChoiceField, Field, Option, TextField } from './field.ts';
import type { RegisterName } from './ids.ts';
import type { Words } from './words.ts';

/** Who writes the records of a register, besides what administrators add as roles. */
export type Editing =
  /** Editors of the parties named in the owner fields of the record. */
  | 'owner-editors'
  /** Editors of any party that is in the compartment. */
  | 'any-editor'
  | 'secretariat'
  | 'administrator';

export interface Move {
  readonly to: string;
  /** The role that makes the move; editors make it where nothing is said. */
  readonly by?: 'approver';
}

export interface Lifecycle {
  /** The field that holds the state. */
  readonly field: string;
  /** Allowed moves from each state; a record without a state may be given any. */
  readonly moves: Readonly<Record<string, readonly Move[]>>;
}

export interface SortKey {
  readonly field: string;
  readonly descending?: true;
}

export interface Register {
  readonly name: RegisterName;
  /** Grows with each change of the declaration; log entries cite it. */
  readonly version: number;
  readonly label: Words;
  /** One record of it, as in "New project". */
  readonly singular: Words;
  /** What belongs here, for the empty screen. */
  readonly purpose: Words;
  /** The field that names a record; its translation is used in Japanese. */
  readonly title: string;
  /** Further text fields by which people know a record, such as a symbol. */
  readonly keys: readonly string[];
  /** Fields that name the parties a record belongs to: references to `party`, or sets of them. */
  readonly owners: readonly string[];
  readonly editing: Editing;
  readonly lifecycle?: Lifecycle;
  /** A reference list: its records stand in the compartment `public` alone. */
  readonly home?: 'public';
  /** How rows are ordered before the reader sorts; ties by record id. */
  readonly sort: readonly SortKey[];
  readonly fields: Readonly<Record<string, Field>>;
}

/** A bilingual text of a declaration: it becomes two fields, `<field>` and `<field>Ja`. */
export interface BilingualText extends Omit<TextField, 'translation' | 'translationOf'> {
  readonly languages: 'both';
}

type Declared = Omit<Register, 'name' | 'fields' | 'owners' | 'keys' | 'version'> & {
  readonly version?: number;
  readonly owners?: readonly string[];
  readonly keys?: readonly string[];
  readonly fields: Readonly<Record<string, Field | BilingualText>>;
};

/** The field that every register has: rows are never removed, archiving hides them. */
export const archivedField = 'archived';

/** Completes a declaration: bilingual texts become pairs, and each record can be archived. */
export function register(name: string, declared: Declared): Register {
  const fields: Record<string, Field> = {};
  for (const [key, field] of Object.entries(declared.fields)) {
    if (!('languages' in field)) {
      fields[key] = field;
      continue;
    }
    const { languages: _both, required, ...text } = field;
    fields[key] = { ...text, ...(required && { required }), translation: `${key}Ja` };
    fields[`${key}Ja`] = {
      ...text,
      label: { en: `${text.label.en} (Japanese)`, ja: `${text.label.ja}(日本語)` },
      translationOf: key,
      aside: true,
    };
  }
  fields[archivedField] = {
    kind: 'boolean',
    label: { en: 'Archived', ja: '保管済み' },
    aside: true,
  };

  return { version: 1, owners: [], keys: [], ...declared, name: name as RegisterName, fields };
}

export function option(en: string, ja: string, hue?: number): Option {
  return { label: { en, ja }, ...(hue !== undefined && { hue }) };
}

export function optionsOf(field: Field): ChoiceField['options'] | undefined {
  return field.kind === 'choice' || field.kind === 'state' ? field.options : undefined;
}
