/** What a record is called in each language, and by which names it is found. */
import { describe, expect, it } from 'vitest';
import type { RecordId } from './ids.ts';
import { material } from './registers/reference-lists.ts';
import { source } from './registers/source.ts';
import { namesOf, sidesOf, titleOf } from './titles.ts';

const ga = {
  id: 'ga' as RecordId,
  fields: { symbol: 'Ｇａ', name: 'Gallium', nameJa: 'ガリウム' },
};

describe('titles', () => {
  it('[DM33] the title is the side of the reader, else the other side, else the id', () => {
    const { nameJa: _unused, ...english } = ga.fields;

    expect(titleOf(material, ga, 'en')).toBe('Gallium');
    expect(titleOf(material, ga, 'ja')).toBe('ガリウム');
    expect(titleOf(material, { ...ga, fields: english }, 'ja')).toBe('Gallium');
    expect(titleOf(material, { ...ga, fields: { name: '' } }, 'en')).toBe('ga');
  });

  it('[DM33] a record is found by its titles in both languages, its keys and its id, whatever their width and case', () => {
    expect(namesOf(material, ga)).toEqual(['gallium', 'ガリウム', 'ga', 'ga']);
  });

  it('[DM33] a text of one language has one side', () => {
    expect(sidesOf(source, 'title', 'ja')).toEqual(['title']);
    expect(sidesOf(material, 'name', 'ja')).toEqual(['nameJa', 'name']);
  });
});
