/** Keeps the text field over its cell, and its list on the side where there is room. */
import { useLayoutEffect, type RefObject } from 'react';
import { numberWidth } from '../columns/column.ts';
import type { GridSession } from '../grid-session.ts';
import { headHeight, rowHeight } from '../selection/hit.ts';
import { useWatched } from '../state/observable.ts';

/** Below the cell there must be this much room for a list; else it opens above, where there is more. */
const roomForList = 270;
const widestText = 460;
const tallestText = 220;

export interface EditorPlaceOptions {
  readonly session: GridSession;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly scroller: HTMLDivElement | null;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

export function useEditorPlace({ session, frame, scroller, field }: EditorPlaceOptions): void {
  const edit = useWatched(session.edit);
  const standing = useWatched(session.selection);
  const layout = useWatched(session.layout);
  const order = useWatched(session.order);
  useLayoutEffect(() => {
    const [box, text] = [frame.current, field.current];
    if (box === null || scroller === null || text === null) return undefined;
    const place = () => {
      const row = (edit && session.order.rowOf(edit.record)) ?? standing?.at.row ?? 0;
      const column = edit?.column ?? layout.columns[standing?.at.column ?? 0];
      const width = column?.width ?? numberWidth;
      const isMany = column?.declared.kind === 'text' && column.declared.lines === 'many';
      const isOpen = edit !== undefined;
      const wanted = isOpen && isMany ? Math.max(width, widestText) : width;
      const fieldWidth = Math.min(wanted, scroller.clientWidth - 16);
      const top = headHeight + row * rowHeight;
      const start = (column?.left ?? 0) + (column?.isPinned === true ? scroller.scrollLeft : 0);
      const left = Math.min(start, scroller.scrollLeft + scroller.clientWidth - fieldWidth - 4);
      const below = scroller.scrollTop + scroller.clientHeight - top - rowHeight;
      const above = top - scroller.scrollTop - headHeight;
      const opensAbove = isOpen && below < roomForList && above > below;
      box.classList.toggle('opens-above', opensAbove);
      box.style.width = `${String(fieldWidth)}px`;
      box.style.left = `${String(Math.max(0, left))}px`;
      box.style.top = `${String(opensAbove ? top + rowHeight : top)}px`;
      text.style.height = `${String(isOpen && isMany ? heightOf(text) : rowHeight)}px`;
    };
    place();
    scroller.addEventListener('scroll', place, { passive: true });

    return () => {
      scroller.removeEventListener('scroll', place);
    };
  }, [session, edit, standing, layout, order, frame, scroller, field]);
}

/** As tall as its text, within bounds. */
function heightOf(text: HTMLTextAreaElement): number {
  text.style.height = '0';

  return Math.max(rowHeight, Math.min(tallestText, text.scrollHeight));
}
