/** The edge of a column: dragged, or moved by the arrow keys once the column's menu has put the keyboard there. */
import { useEffect, useRef } from 'react';
import type { GridSession } from '../grid-session.ts';
import type { GridText } from '../grid-words.ts';
import { useWatched } from '../state/observable.ts';
import { resizeColumn } from './choose-columns.ts';
import { narrowest, widest, type Column } from './column.ts';

const keyStep = 8;

export interface ResizeHandleProps {
  readonly column: Column;
  readonly session: GridSession;
  readonly text: GridText;
}

export function ResizeHandle({ column, session, text }: ResizeHandleProps) {
  const handle = useRef<HTMLDivElement>(null);
  const start = useRef<{ readonly x: number; readonly width: number } | undefined>(undefined);
  const isChosen = useWatched(session.resizing) === column.field;
  useEffect(() => {
    // The menu gives the focus back as it closes; the handle takes it after that.
    const frame = isChosen ? requestAnimationFrame(() => handle.current?.focus()) : undefined;

    return () => {
      if (frame !== undefined) cancelAnimationFrame(frame);
    };
  }, [isChosen]);
  const leave = () => {
    session.resizing.set(undefined);
    session.window.get().focus();
  };

  return (
    <div
      ref={handle}
      role="separator"
      aria-orientation="vertical"
      aria-label={text('resizeHandle', { column: column.label })}
      aria-valuenow={column.width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      tabIndex={-1}
      className="grid-resize"
      onKeyDown={(event) => {
        const by = { ArrowLeft: -keyStep, ArrowRight: keyStep }[event.key];
        if (by !== undefined) resizeColumn(session, column.field, column.width + by);
        else if (event.key === 'Enter' || event.key === 'Escape') leave();
        else return;
        event.preventDefault();
      }}
      onBlur={() => {
        session.resizing.set(undefined);
      }}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, width: column.width };
      }}
      onPointerMove={(event) => {
        if (start.current === undefined) return;
        resizeColumn(session, column.field, start.current.width + event.clientX - start.current.x);
      }}
      onPointerUp={() => {
        start.current = undefined;
        session.window.get().focus();
      }}
    />
  );
}
