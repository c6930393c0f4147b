/** Count, average and sum of what is marked. Pure. */
import type { Money, Quantity, Value } from '@lodestone/document-model';

export interface Figures {
  /** Cells that are not empty. */
  readonly count: number;
  /** Only where every figure has the same unit or currency. */
  readonly sum: number | undefined;
  readonly average: number | undefined;
  /** The unit or currency they share; undefined for plain numbers. */
  readonly unit: string | undefined;
}

interface Amount {
  readonly size: number;
  readonly unit: string;
}

/** @param minorDigits how many digits of a currency stand behind the point. */
export function figuresOf(
  values: Iterable<Value>,
  minorDigits: (currency: string) => number,
): Figures {
  let count = 0;
  let sum = 0;
  let amounts = 0;
  const units = new Set<string>();
  for (const value of values) {
    if (value === null) continue;
    count += 1;
    const amount = amountOf(value, minorDigits);
    if (amount === undefined) continue;
    amounts += 1;
    sum += amount.size;
    units.add(amount.unit);
  }
  const isSummable = amounts > 0 && units.size === 1;
  const [unit] = units;

  return {
    count,
    sum: isSummable ? sum : undefined,
    average: isSummable ? sum / amounts : undefined,
    unit: isSummable && unit !== '' ? unit : undefined,
  };
}

function amountOf(
  value: NonNullable<Value>,
  minorDigits: (currency: string) => number,
): Amount | undefined {
  if (typeof value === 'number') return { size: value, unit: '' };
  if (typeof value !== 'object' || Array.isArray(value)) return undefined;
  const figure = value as Quantity | Money;
  if (typeof figure === 'string') return undefined;
  if ('minor' in figure) {
    return { size: figure.minor / 10 ** minorDigits(figure.currency), unit: figure.currency };
  }

  return 'amount' in figure ? { size: figure.amount, unit: figure.unit } : undefined;
}
