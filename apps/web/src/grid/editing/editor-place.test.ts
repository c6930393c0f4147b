import { describe, expect, it } from 'vitest';
import { layoutOf, noChoices, type Column } from '../columns/column.ts';
import { headHeight, rowHeight } from '../selection/hit.ts';
import { things } from '../testing/fixtures.ts';
import { placeEditor } from './editor-place.ts';

const { columns } = layoutOf({ register: things, choices: noChoices, language: 'en' });
const viewport = { scrollLeft: 100, scrollTop: 320, width: 800, height: 600 };

function column(field: string): Column {
  const found = columns.find((candidate) => candidate.field === field);
  if (found === undefined) throw new Error(`no column ${field}`);

  return found;
}

describe('placeEditor', () => {
  it('lies over its cell', () => {
    const due = column('due');

    expect(placeEditor({ column: due, row: 12, isOpen: false }, viewport)).toEqual({
      left: due.left,
      top: headHeight + 12 * rowHeight,
      width: due.width,
      opensAbove: false,
    });
  });

  it('stays with a pinned cell when the rows are scrolled sideways', () => {
    const name = column('name');

    expect(placeEditor({ column: name, row: 12, isOpen: false }, viewport).left).toBe(
      name.left + viewport.scrollLeft,
    );
  });

  it('opens above at the foot of the window, and below where there is room', () => {
    const open = (row: number) =>
      placeEditor({ column: column('party'), row, isOpen: true }, viewport).opensAbove;

    expect([open(12), open(26)]).toEqual([false, true]);
  });

  it('does not open beyond the right edge', () => {
    const narrow = { ...viewport, scrollLeft: 0, width: 300 };
    const place = placeEditor({ column: column('checked'), row: 12, isOpen: true }, narrow);

    expect(place.left + place.width).toBeLessThan(300);
  });
});
