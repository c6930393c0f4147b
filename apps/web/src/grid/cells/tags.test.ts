import { describe, expect, it } from 'vitest';
import { tagsThatFit } from './tags.ts';

describe('tagsThatFit', () => {
  it('shows all where there is room', () => {
    expect(tagsThatFit(['NdPr', 'Dy', 'Tb'], 190)).toBe(3);
  });

  it('leaves room for the count of the rest', () => {
    expect(tagsThatFit(['Separation', 'Beneficiation', 'Magnet'], 190)).toBe(1);
  });

  it('shows one at least', () => {
    expect(tagsThatFit(['A very long name indeed', 'B'], 60)).toBe(1);
  });

  it('counts Han characters as wide as they are', () => {
    expect(tagsThatFit(['永久磁石製造', '分離精製'], 130)).toBe(1);
  });
});
