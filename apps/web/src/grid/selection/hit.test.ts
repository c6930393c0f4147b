import { describe, expect, it } from 'vitest';
import { layoutOf, noChoices, numberWidth } from '../columns/column.ts';
import { things } from '../testing/fixtures.ts';
import { headHeight, hitAt, rowHeight, scrollToShow } from './hit.ts';

const layout = layoutOf({ register: things, choices: noChoices, language: 'en' });
const viewport = { scrollLeft: 200, scrollTop: 64, width: 600, height: 354 };

describe('hitAt', () => {
  it('counts rows below the header, with the scrolling', () => {
    const hit = hitAt({ x: 300, y: headHeight + 1 }, viewport, layout, 50);

    expect(hit).toMatchObject({ row: 2, part: 'cell' });
  });

  it('takes pinned columns where they stand, and the others where they were scrolled to', () => {
    const [title, second] = layout.columns;
    const overTitle = hitAt({ x: (title?.left ?? 0) + 5, y: 100 }, viewport, layout, 50);
    const beside = hitAt({ x: layout.pinnedWidth + 1, y: 100 }, viewport, layout, 50);

    expect(overTitle.column).toBe(0);
    expect(layout.columns[beside.column]?.left).toBeGreaterThan(second?.left ?? 0);
  });

  it('knows the header and the row numbers', () => {
    expect(hitAt({ x: 300, y: 5 }, viewport, layout, 50).part).toBe('head');
    expect(hitAt({ x: numberWidth - 1, y: 100 }, viewport, layout, 50).part).toBe('number');
  });

  it('stays within the rows and columns there are', () => {
    const hit = hitAt({ x: 5000, y: 5000 }, viewport, layout, 3);

    expect(hit).toMatchObject({ row: 2, column: layout.columns.length - 1 });
  });
});

describe('scrollToShow', () => {
  it('scrolls no further than it must', () => {
    const inSight = { row: 3, column: 0 };
    const above = { row: 0, column: 0 };
    const below = { row: 30, column: 0 };

    expect(scrollToShow(inSight, viewport, layout).top).toBe(64);
    expect(scrollToShow(above, viewport, layout).top).toBe(0);
    expect(scrollToShow(below, viewport, layout).top).toBe(31 * rowHeight - (354 - headHeight));
  });

  it('leaves pinned columns alone and brings others out from under them', () => {
    expect(scrollToShow({ row: 3, column: 0 }, viewport, layout).left).toBe(200);
    expect(scrollToShow({ row: 3, column: 1 }, viewport, layout).left).toBe(0);
  });
});
