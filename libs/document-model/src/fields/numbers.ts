/** Numbers as people type and read them: full-width digits, separators, both minus signs. */
import type { Language } from '../words.ts';

/** A typed text in half-width characters, its minus signs and hyphens (also the Japanese long bar) all as `-`. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2212\u2010\u2011\u30fc]/g, '-')
    .trim();
}

/**
 * The finite number that a text means, or undefined. A comma groups thousands and is nothing else: `1,5` is refused,
 * since half of the world means one and a half by it.
 */
export function parseNumber(text: string): number | undefined {
  const plain = plainText(text).replace(/[\s_]/g, '');
  const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain);
  const digits = grouped ? plain.replaceAll(',', '') : plain;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(digits)) return undefined;
  // Adding zero turns -0, which JSON does not keep, into 0.
  const number = Number(digits) + 0;

  return Number.isFinite(number) ? number : undefined;
}

const formatters = new Map<Language, Intl.NumberFormat>();

/** Groups thousands and keeps every digit; very large and very small numbers stay as JavaScript writes them. */
export function formatNumber(value: number, language: Language): string {
  const size = Math.abs(value);
  // Below a thousandth, 17 digits do not fit behind the point; above 1e15, Intl writes zeros for digits.
  if (size !== 0 && (size < 1e-3 || size >= 1e15)) return String(value);
  let formatter = formatters.get(language);
  if (formatter === undefined) {
    formatter = new Intl.NumberFormat(language, { maximumFractionDigits: 20 });
    formatters.set(language, formatter);
  }

  return formatter.format(value);
}
