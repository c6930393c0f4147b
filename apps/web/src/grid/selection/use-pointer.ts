/** The pointer over the rows: a press stands in a cell, a drag marks, a double press opens, resting tells more. */
import { useEffect, useRef, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { openEditor } from '../commands/edit-cell.ts';
import { markRow } from '../commands/move.ts';
import type { CommandContext } from '../commands/run-command.ts';
import { leaveEditor } from '../editing/leave-editor.ts';
import type { GridSession } from '../grid-session.ts';
import { describeCell } from '../rows/describe-cell.ts';
import { hitAt, rowHeight, viewportOf, type Hit } from './hit.ts';

export interface PointerOptions {
  readonly context: CommandContext;
  readonly scroller: HTMLDivElement | null;
  readonly field: RefObject<HTMLTextAreaElement | null>;
}

interface Drag {
  readonly of: 'cells' | 'rows';
  readonly timer: ReturnType<typeof setInterval>;
  x: number;
  y: number;
}

/** How often a drag beyond the edge scrolls on, in milliseconds. */
const scrollEveryMs = 40;

export function usePointer({ context, scroller, field }: PointerOptions) {
  const { session } = context;
  const drag = useRef<Drag | undefined>(undefined);
  const endDrag = () => {
    clearInterval(drag.current?.timer);
    drag.current = undefined;
  };
  useEffect(
    () => () => {
      clearInterval(drag.current?.timer);
    },
    [],
  );

  return {
    onPointerDown: (event: PointerEvent<HTMLDivElement>) => {
      if (event.button !== 0 || isOwnConcern(event.target)) return;
      const hit = hitOf(event, session, event.currentTarget);
      if (hit === undefined || hit.part === 'head') return;
      const isControl = (event.target as Element).closest('a, button') !== null;
      if (!isControl) event.preventDefault();
      if (!leaveEditor(session, field.current)) return;
      const of = hit.part === 'number' ? 'rows' : 'cells';
      press(session, hit, of, event.shiftKey);
      field.current?.focus({ preventScroll: true });
      if (isControl || event.pointerType === 'touch') return;
      const timer = setInterval(() => {
        if (drag.current !== undefined && scroller !== null) {
          scrollOn(scroller, drag.current, session.layout.get().pinnedWidth);
        }
      }, scrollEveryMs);
      drag.current = { of, timer, x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      if (drag.current === undefined) return;
      drag.current.x = event.clientX;
      drag.current.y = event.clientY;
      const hit = hitOf(event, session, event.currentTarget);
      if (hit !== undefined) extend(session, hit, drag.current.of);
    },
    onPointerUp: endDrag,
    onPointerCancel: endDrag,
    onDoubleClick: (event: MouseEvent<HTMLDivElement>) => {
      if (isOwnConcern(event.target) || session.edit.get() !== undefined) return;
      if (hitOf(event, session, event.currentTarget)?.part === 'cell') openEditor(session, 'open');
    },
    onMouseOver: (event: MouseEvent<HTMLDivElement>) => {
      const cell = (event.target as Element).closest<HTMLElement>('[data-field]');
      if (cell !== null) cell.title = describeCell(session, cell.dataset['field'], recordOf(cell));
    },
  };
}

/** The text field, its list, links and buttons answer the pointer themselves. */
function isOwnConcern(target: EventTarget): boolean {
  return (
    target instanceof Element && target.closest('.grid-editor, .grid-head, .grid-open') !== null
  );
}

function recordOf(cell: Element): string | undefined {
  return cell.closest<HTMLElement>('[data-record]')?.dataset['record'];
}

function press(session: GridSession, hit: Hit, of: Drag['of'], isExtending: boolean): void {
  if (of === 'rows') markRow(session, hit.row, isExtending);
  else if (isExtending) session.selection.extendTo(hit);
  else session.selection.stand(hit);
}

function extend(session: GridSession, hit: Hit, of: Drag['of']): void {
  const corner = session.selection.get()?.corner;
  if (of === 'rows') {
    if (corner?.row !== hit.row) markRow(session, hit.row, true);
  } else if (corner?.row !== hit.row || corner.column !== hit.column) {
    session.selection.extendTo(hit);
  }
}

function hitOf(
  event: { readonly clientX: number; readonly clientY: number },
  session: GridSession,
  element: HTMLElement,
): Hit | undefined {
  const rows = session.order.get().ids.length;
  if (rows === 0) return undefined;
  const frame = element.getBoundingClientRect();
  const point = { x: event.clientX - frame.left, y: event.clientY - frame.top };

  return hitAt(point, viewportOf(element), session.layout.get(), rows);
}

function scrollOn(element: HTMLElement, { x, y }: Drag, pinnedWidth: number): void {
  const frame = element.getBoundingClientRect();
  if (y > frame.bottom - rowHeight / 2) element.scrollTop += rowHeight;
  if (y < frame.top + rowHeight) element.scrollTop -= rowHeight;
  if (x > frame.right - rowHeight / 2) element.scrollLeft += rowHeight;
  if (x < frame.left + pinnedWidth) element.scrollLeft -= rowHeight;
}
