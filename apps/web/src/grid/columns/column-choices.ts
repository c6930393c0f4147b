/** What a reader chose of the columns, kept in the browser for each register. */
import { noChoices, type ColumnChoices } from './column.ts';

/** The part of `localStorage` that is needed. */
export interface ChoiceStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The browser's storage, or nothing where the browser forbids even asking for it. */
export function browserStorage(): ChoiceStorage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}

const keyFor = (register: string) => `lodestone.columns.${register}`;

/** The kept choices; what cannot be read counts as nothing chosen. */
export function readChoices(storage: ChoiceStorage | undefined, register: string): ColumnChoices {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(keyFor(register)) ?? 'null');
    if (typeof kept !== 'object' || kept === null) return noChoices;
    const { widths, hidden, pinned } = kept as Record<string, unknown>;

    return {
      widths: entriesOf(widths, (value): value is number => Number.isFinite(value)),
      hidden: entriesOf(hidden, (value): value is boolean => typeof value === 'boolean'),
      pinned: entriesOf(pinned, (value): value is boolean => typeof value === 'boolean'),
    };
  } catch {
    return noChoices;
  }
}

/** A browser that keeps nothing (private mode, full storage) costs the memory, not the work. */
export function keepChoices(
  storage: ChoiceStorage | undefined,
  register: string,
  choices: ColumnChoices,
): void {
  try {
    storage?.setItem(keyFor(register), JSON.stringify(choices));
  } catch {
    return;
  }
}

function entriesOf<T>(value: unknown, fits: (entry: unknown) => entry is T): Record<string, T> {
  if (typeof value !== 'object' || value === null) return {};

  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, T] => fits(entry[1])),
  );
}
