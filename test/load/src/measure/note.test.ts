/** The values of the load are told apart again on the other side. */
import { describe, expect, it } from 'vitest';
import { findLast, formatNote, parseNote } from './note.ts';

describe('a note', () => {
  it.each([
    { writer: 0, number: 0 },
    { writer: 399, number: 123_456 },
  ])('is read as it was written: %o', (note) => {
    const text = formatNote(note, { isLast: false });

    expect(parseNote(text)).toEqual(note);
    expect(Buffer.byteLength(text)).toBe(110);
  });

  it('is found among others in a frame if it is its writer’s last', () => {
    const notes = [
      formatNote({ writer: 7, number: 41 }, { isLast: false }),
      formatNote({ writer: 8, number: 9 }, { isLast: true }),
      formatNote({ writer: 12, number: 3 }, { isLast: true }),
    ];

    expect(findLast(Buffer.from(`\u0000\u00ff${notes.join('\u0001')}`, 'latin1'))).toEqual([8, 12]);
  });
});
