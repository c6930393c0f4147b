import { describe, expect, it } from 'vitest';
import { gridWords } from './grid-words.ts';

const placeholders = (sentence: string) => (sentence.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('the words of the grid', () => {
  it('say something in both languages', () => {
    for (const words of [gridWords.en, gridWords.ja]) {
      expect(Object.entries(words).filter(([, sentence]) => sentence.trim() === '')).toEqual([]);
    }
  });

  it('have the same places for values, but for counts that a language does not say', () => {
    for (const [key, sentence] of Object.entries(gridWords.en)) {
      const japanese = gridWords.ja[key as keyof typeof gridWords.ja];

      expect([key, new Set(placeholders(japanese))]).toEqual([
        key,
        new Set(placeholders(sentence)),
      ]);
    }
  });
});
