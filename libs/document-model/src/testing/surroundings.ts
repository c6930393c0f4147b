/** A world in which every register has the same few records, some with titles that are hard to write in a list. */
import { fold } from '../fields/choice.ts';
import type { Surroundings } from '../fields/codec.ts';
import type { Language, Words } from '../words.ts';

export interface KnownSurroundings extends Surroundings {
  /** The records that can be resolved, in any register. */
  readonly known: readonly string[];
}

const titles: Readonly<Record<string, Words>> = {
  dy: { en: 'Dysprosium', ja: 'ジスプロシウム' },
  ndpr: { en: 'Neodymium-praseodymium (traded as one oxide)', ja: 'ネオジム・プラセオジム' },
  USA: { en: 'United States', ja: 'アメリカ合衆国' },
  'src-1': {
    en: 'Lynas Rare Earths; heavy rare earths for Japan',
    ja: '豪州、日本へ重希土類; 続報',
  },
  'src-2': { en: '"Sputnik moment" for industrial policy', ja: '「転機」' },
  'src-3': { en: '"Quoted; whole"', ja: '"引用、全部"' },
  _x: { en: 'semicolon;', ja: '；全角' },
};

/** Titles in the reader's language; a record is found by its title in either language or by its id. */
export function surroundings(language: Language): KnownSurroundings {
  return {
    language,
    known: Object.keys(titles),
    titleOf: (_register, record) => titles[record]?.[language],
    recordFor: (_register, text) => {
      const wanted = fold(text);

      return Object.entries(titles).find(([id, { en, ja }]) =>
        [en, ja, id].some((name) => fold(name) === wanted),
      )?.[0];
    },
  };
}
