/** The window onto the rows: draws those in sight, and brings a cell into sight when it is asked to. */
import { useEffect, type RefObject } from 'react';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { rowHeight, headHeight, scrollToShow, viewportOf } from '../selection/hit.ts';
import { useWatched } from '../state/observable.ts';
import { GridRow, type Drawing } from './grid-row.tsx';

export interface GridBodyProps {
  readonly drawing: Drawing;
  readonly scroller: HTMLDivElement | null;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function GridBody({ drawing, scroller, field }: GridBodyProps) {
  const { session } = drawing;
  const order = useWatched(session.order);
  const activeRow = useWatched(session.selection)?.at.row;
  const { ids, unmatched } = order;
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler here, and nothing memoizes what it returns
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    getItemKey: (row) => ids[row] ?? row,
    overscan: 10,
    // The active cell stays drawn wherever one scrolls: the text field points to it.
    rangeExtractor: (range) => {
      const rows = defaultRangeExtractor(range);
      const isDrawn = activeRow === undefined || rows.includes(activeRow);

      return isDrawn || activeRow >= ids.length ? rows : [...rows, activeRow];
    },
  });
  useGridWindow({ drawing, scroller, field });

  return (
    <div role="rowgroup" className="grid-body" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map((item) => {
        const id = ids[item.index];

        return id === undefined ? null : (
          <GridRow
            key={id}
            id={id}
            row={item.index}
            top={item.start}
            isUnmatched={unmatched.has(id)}
            drawing={drawing}
          />
        );
      })}
    </div>
  );
}

/** Tells the session how to scroll, for as long as there is something to scroll. */
function useGridWindow({ drawing, scroller, field }: GridBodyProps): void {
  const { session } = drawing;
  useEffect(() => {
    if (scroller === null) return;
    session.window.set({
      reveal: (at) => {
        const to = scrollToShow(at, viewportOf(scroller), session.layout.get());
        scroller.scrollTo({ left: to.left, top: to.top, behavior: 'instant' });
      },
      pageRows: () => {
        const rows = Math.floor((scroller.clientHeight - headHeight) / rowHeight);

        return Math.max(1, rows - 1);
      },
      focus: () => field.current?.focus({ preventScroll: true }),
    });
  }, [session, scroller, field]);
}
