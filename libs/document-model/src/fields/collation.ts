/** One collator per language: numbers inside texts in order of size, width and case folded. */
import type { Language } from '../words.ts';

const collators = new Map<Language, Intl.Collator>();

export function collatorFor(language: Language): Intl.Collator {
  let collator = collators.get(language);
  if (collator === undefined) {
    collator = new Intl.Collator(language, { numeric: true });
    collators.set(language, collator);
  }

  return collator;
}
