/** Both languages say everything: the same keys, no empty sentence, the same places to fill in. */
import { describe, expect, it } from 'vitest';
import { catalogues, chooseLanguage, i18n, startI18n } from './i18n.ts';

const placesIn = (sentence: string) =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort();

describe.each(catalogues.map((catalogue) => [catalogue.namespace, catalogue] as const))(
  'the words of %s',
  (_namespace, { en, ja }) => {
    const english: Readonly<Record<string, string>> = en;
    const japanese: Readonly<Record<string, string>> = ja;

    it('have the same keys in English and Japanese', () => {
      expect(Object.keys(japanese).sort()).toEqual(Object.keys(english).sort());
    });

    it('are never empty: i18next would show the key', () => {
      const empty = [...Object.entries(english), ...Object.entries(japanese)].filter(
        ([, sentence]) => sentence.trim() === '',
      );

      expect(empty).toEqual([]);
    });

    it('name nothing in Japanese that English does not fill in', () => {
      const stray = Object.entries(japanese).filter(([key, sentence]) => {
        const known = new Set(placesIn(english[key] ?? ''));

        return placesIn(sentence).some((place) => !known.has(place));
      });

      expect(stray).toEqual([]);
    });

    it('have both plural forms', () => {
      const single = Object.keys(english).filter(
        (key) => key.endsWith('_one') && !(key.replace(/_one$/, '_other') in english),
      );

      expect(single).toEqual([]);
    });
  },
);

describe('the language', () => {
  it('is the page’s own, and is kept on this device', async () => {
    document.documentElement.lang = 'en';
    await startI18n();

    await chooseLanguage('ja');

    expect(document.documentElement.lang).toBe('ja');
    expect(localStorage.getItem('lodestone.language')).toBe('ja');
    expect(i18n.t('saved', { ns: 'app' })).toBe('保存済み');
  });
});
