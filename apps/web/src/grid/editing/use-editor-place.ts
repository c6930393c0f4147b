/** Keeps the text field over its cell. It is moved only when the cell is another one: scrolling carries it along. */
import { useLayoutEffect, type RefObject } from 'react';
import type { GridSession } from '../grid-session.ts';
import { rowHeight, viewportOf } from '../selection/hit.ts';
import { useWatched } from '../state/observable.ts';
import { placeEditor, takesLines } from './editor-place.ts';

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
  const denial = useWatched(session.denial);
  useLayoutEffect(() => {
    const [box, text] = [frame.current, field.current];
    const column = edit?.column ?? layout.columns[standing?.at.column ?? 0];
    if (box === null || scroller === null || text === null || column === undefined) {
      return undefined;
    }
    const isOpen = edit !== undefined;
    const row = (edit && session.order.rowOf(edit.record)) ?? standing?.at.row ?? 0;
    const place = placeEditor({ column, row, isOpen }, viewportOf(scroller));
    box.classList.toggle('opens-above', place.opensAbove);
    box.style.width = `${String(place.width)}px`;
    box.style.left = `${String(place.left)}px`;
    box.style.top = `${String(place.top)}px`;
    keepInside(box.querySelector<HTMLElement>('.grid-popup'), scroller);
    text.style.height = `${String(isOpen && takesLines(column) ? heightOf(text) : rowHeight)}px`;
    if (!column.isPinned) return undefined;
    // A pinned cell stays where it is when the rows scroll sideways. Read before the rows are drawn anew (capture), so
    // that no layout is forced.
    const follow = () => {
      box.style.left = `${String(column.left + scroller.scrollLeft)}px`;
    };
    scroller.addEventListener('scroll', follow, { passive: true, capture: true });

    return () => {
      scroller.removeEventListener('scroll', follow, { capture: true });
    };
  }, [session, edit, standing, layout, order, denial, frame, scroller, field]);
}

/** What opens beside a cell at the right edge is drawn in far enough to be read. */
function keepInside(popup: HTMLElement | null, scroller: HTMLElement): void {
  if (popup === null) return;
  popup.style.left = '0';
  const space = scroller.getBoundingClientRect().right - popup.getBoundingClientRect().right;
  popup.style.left = `${String(Math.min(0, space - 8))}px`;
}

/** As tall as its text, within bounds. */
function heightOf(text: HTMLTextAreaElement): number {
  text.style.height = '0';

  return Math.max(rowHeight, Math.min(tallestText, text.scrollHeight));
}
