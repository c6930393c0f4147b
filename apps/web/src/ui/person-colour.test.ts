import { describe, expect, it } from 'vitest';
import { colourOf, initialsOf } from './person-colour.ts';

describe('colourOf', () => {
  it('is always the same for one person, and spreads over many', () => {
    const people = Array.from({ length: 60 }, (_person, index) => `person-${String(index)}`);

    expect(people.map(colourOf)).toEqual(people.map(colourOf));
    expect(new Set(people.map(colourOf)).size).toBe(8);
  });
});

describe('initialsOf', () => {
  it.each([
    ['Aiko Tanaka', 'AT'],
    ['marc lefèvre junior', 'ML'],
    ['Secretariat', 'S'],
    ['田中 愛子', '田'],
    ['さくら', 'さ'],
  ])('%s: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
