/** What a field may be: one declaration per field, plain data, so that every client can read it as JSON. */
import type { Words } from './words.ts';

interface FieldBase {
  readonly label: Words;
  /** A short explanation shown beside the field. */
  readonly hint?: Words;
  /** An empty value is refused. */
  readonly required?: true;
  /** Given at birth and never changed. */
  readonly fixed?: true;
  /** Read, never written: a renamed field or a changed kind is a new field. */
  readonly retired?: true;
  /** Width of the column in CSS pixels; the kind has a default. */
  readonly width?: number;
  /** Not a column until the reader asks for it. */
  readonly aside?: true;
}

export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly lines: 'one' | 'many';
  /** Set on the Japanese side of a bilingual text: the field that holds the English side. */
  readonly translationOf?: string;
  /** Set on the English side: the field that holds the Japanese side. */
  readonly translation?: string;
}

export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly integer?: true;
}

export type QuantityMark = 'withheld' | 'not-available';

export interface QuantityField extends FieldBase {
  readonly kind: 'quantity';
  /** The units a value may have; the first is assumed where none is typed. */
  readonly units: readonly string[];
  readonly min?: number;
  readonly allows: readonly (QuantityMark | 'bound' | 'band')[];
}

export interface MoneyField extends FieldBase {
  readonly kind: 'money';
  /** ISO 4217; the first is assumed where none is typed. */
  readonly currencies: readonly string[];
}

export interface DateField extends FieldBase {
  readonly kind: 'date';
}

export interface Option {
  readonly label: Words;
  /** A hue of the palette in stage order, 0 grey to 6 green; without it the option is plain text. */
  readonly hue?: number;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: Readonly<Record<string, Option>>;
}

export interface ReferenceField extends FieldBase {
  readonly kind: 'reference';
  readonly register: string;
  /** `code` shows the record's id as a tag before its title, `pill` colours the title by the record's order. */
  readonly display?: 'code' | 'pill';
}

export interface SetField extends FieldBase {
  readonly kind: 'set';
  readonly of: ReferenceField | ChoiceField;
}

export interface BooleanField extends FieldBase {
  readonly kind: 'boolean';
}

export interface UrlField extends FieldBase {
  readonly kind: 'url';
}

export interface PointField extends FieldBase {
  readonly kind: 'point';
}

export interface StateField extends FieldBase {
  readonly kind: 'state';
  readonly options: Readonly<Record<string, Option>>;
}

export type Field =
  | TextField
  | NumberField
  | QuantityField
  | MoneyField
  | DateField
  | ChoiceField
  | ReferenceField
  | SetField
  | BooleanField
  | UrlField
  | PointField
  | StateField;

export type FieldKind = Field['kind'];

export type Quantity =
  | { readonly amount: number; readonly unit: string }
  | { readonly above: number; readonly unit: string }
  | { readonly below: number; readonly unit: string }
  | { readonly from: number; readonly to: number; readonly unit: string }
  | QuantityMark;

export interface Money {
  /** Integer minor units of the currency: cents for USD, yen for JPY. */
  readonly minor: number;
  readonly currency: string;
}

export interface Point {
  /** Degrees north, -90 to 90. */
  readonly lat: number;
  /** Degrees east, -180 to 180. */
  readonly lon: number;
}

/** What a cell may hold; null is the empty cell. A set reads as its elements, sorted. */
export type Value =
  | string
  | number
  | boolean
  | Exclude<Quantity, QuantityMark>
  | Money
  | Point
  | readonly string[]
  | null;
