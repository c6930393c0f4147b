/** The columns of a register: drawn from its declaration, the reader's language and the reader's own choices. */
import {
  sidesOf,
  type Field,
  type FieldKind,
  type Language,
  type Register,
  type RegisterRecord,
  type Value,
} from '@lodestone/document-model';

export interface Column {
  /** The declared field; of a bilingual text its English side, which stands for both. */
  readonly field: string;
  /** The reader's side first: it is shown where it has a value, and it is what editing writes. */
  readonly sides: readonly [string, ...string[]];
  /** The declaration of the side that is written. */
  readonly declared: Field;
  readonly label: string;
  readonly hint: string | undefined;
  readonly unit: string | undefined;
  readonly align: 'start' | 'end';
  readonly isTitle: boolean;
  readonly isPinned: boolean;
  readonly width: number;
  /** Where the column begins, from the left edge of the grid. */
  readonly left: number;
}

/** What a reader chose; everything not chosen comes from the declaration. */
export interface ColumnChoices {
  readonly widths: Readonly<Record<string, number>>;
  readonly hidden: Readonly<Record<string, boolean>>;
  readonly pinned: Readonly<Record<string, boolean>>;
}

export interface Layout {
  readonly language: Language;
  readonly columns: readonly Column[];
  /** Width of everything that stays in place when the grid is scrolled sideways. */
  readonly pinnedWidth: number;
  readonly width: number;
}

export const noChoices: ColumnChoices = { widths: {}, hidden: {}, pinned: {} };

export const numberWidth = 52;
export const markWidth = 88;
export const narrowest = 56;
export const widest = 900;

const widthOfKind: Readonly<Record<FieldKind, number>> = {
  text: 180,
  number: 96,
  quantity: 132,
  money: 132,
  date: 104,
  choice: 128,
  state: 128,
  reference: 170,
  set: 190,
  boolean: 84,
  url: 220,
  point: 140,
};

const alignedToEnd: ReadonlySet<FieldKind> = new Set(['number', 'quantity', 'money']);

export interface LayoutRequest {
  readonly register: Register;
  readonly choices: ColumnChoices;
  readonly language: Language;
  /** Width of the window onto the grid: where it is narrow, only the row's number and marking stay pinned. */
  readonly viewportWidth?: number;
}

export function layoutOf({ register, choices, language, viewportWidth }: LayoutRequest): Layout {
  const shown = Object.keys(register.fields).filter((field) => isShown(register, choices, field));
  const pinned = shown.filter((field) => isPinned(register, choices, field));
  const before = numberWidth + markWidth;
  const pinnedSum = pinned.reduce((sum, field) => sum + widthOf(register, choices, field), before);
  const isNarrow = viewportWidth !== undefined && pinnedSum > viewportWidth * 0.6;
  const ordered = [...pinned, ...shown.filter((field) => !pinned.includes(field))];
  let left = before;
  const columns = ordered.map((field) => {
    const width = widthOf(register, choices, field);
    const isColumnPinned = !isNarrow && pinned.includes(field);
    const column = {
      ...describe(register, field, language),
      width,
      left,
      isPinned: isColumnPinned,
    };
    left += width;

    return column;
  });

  return { language, columns, pinnedWidth: isNarrow ? before : pinnedSum, width: left };
}

/** Every field as a column, shown or not: what sorting and filtering may ask for. */
export function everyColumn(register: Register, language: Language): readonly Column[] {
  const hidden = Object.fromEntries(Object.keys(register.fields).map((field) => [field, false]));

  return layoutOf({ register, choices: { ...noChoices, hidden }, language }).columns;
}

export function isShown(register: Register, choices: ColumnChoices, field: string): boolean {
  if (field === register.title) return true;

  return !(choices.hidden[field] ?? register.fields[field]?.aside === true);
}

export function isPinned(register: Register, choices: ColumnChoices, field: string): boolean {
  return choices.pinned[field] ?? field === register.title;
}

export function widthOf(register: Register, choices: ColumnChoices, field: string): number {
  const declared = register.fields[field];
  const width = choices.widths[field] ?? declared?.width ?? widthOfKind[declared?.kind ?? 'text'];

  return Math.min(widest, Math.max(narrowest, Math.round(width)));
}

/** The value a reader sees in a column, and the side it comes from. */
export function valueIn(
  column: Column,
  record: RegisterRecord,
): { readonly value: Value; readonly side: string } {
  for (const side of column.sides) {
    const value = record.fields[side];
    if (value !== undefined && value !== null && value !== '') return { value, side };
  }

  return { value: null, side: column.sides[0] };
}

/** The column in which a field is seen: its own, else the one that shows it as a side. */
export function columnShowing(columns: readonly Column[], field: string): Column | undefined {
  return (
    columns.find((column) => column.field === field) ??
    columns.find((column) => column.sides.includes(field))
  );
}

function describe(
  register: Register,
  field: string,
  language: Language,
): Omit<Column, 'width' | 'left' | 'isPinned'> {
  const [first = field, ...others] = sidesOf(register, field, language);
  const declared = register.fields[first];
  const heading = register.fields[field];
  if (declared === undefined || heading === undefined) {
    throw new Error(`register ${register.name} has no field ${field}`);
  }

  return {
    field,
    sides: [first, ...others],
    declared,
    label: heading.label[language],
    hint: heading.hint?.[language],
    unit: declared.kind === 'number' ? declared.unit : undefined,
    align: alignedToEnd.has(declared.kind) ? 'end' : 'start',
    isTitle: field === register.title,
  };
}
