/** How strongly each form of marking is drawn. */
import { expect, it } from 'vitest';
import { markingTone } from './marking-tone.ts';

it.each([
  ['PUBLIC', 'public'],
  ['REL TO USA, AUS, CAN, JPN', 'shared'],
  ['JPN ONLY', 'national'],
])('draws %s as %s', (marking, tone) => {
  expect(markingTone(marking)).toBe(tone);
});
