/** The line under the grid: how many rows, what is marked, and why the active cell is closed. */
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { Value } from '@lodestone/document-model';
import { IconLock } from '@tabler/icons-react';
import { valueIn } from '../columns/column.ts';
import type { GridSession } from '../grid-session.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { figuresOf, type Figures } from '../selection/figures.ts';
import { sizeOf, type Box } from '../selection/geometry.ts';
import { useWatched } from '../state/observable.ts';

export function GridFooter({ drawing }: { readonly drawing: Drawing }) {
  const { session, text } = drawing;
  const { ids, total } = useWatched(session.order);
  const drafts = useWatched(session.view.draft) === undefined ? 0 : 1;
  const box = useWatched(session.selection)?.box;
  const count = total - drafts;
  const size = box && sizeOf(box);
  const block = size !== undefined && (size.rows > 1 || size.columns > 1) ? size : undefined;

  return (
    <footer className="grid-footer">
      <span>
        {ids.length === total
          ? text('rowCountAll', { count, total: count })
          : text('rowCount', { shown: ids.length - drafts, total: count })}
      </span>
      <LockedReason drawing={drawing} />
      <span className="grid-space" />
      <span role="status">
        {block && text('selected', { rows: block.rows, columns: block.columns })}
      </span>
      {block && box && <LiveFigures drawing={drawing} box={box} />}
    </footer>
  );
}

/** Why and who may: said for the cell one stands in, without asking. */
function LockedReason({ drawing }: { readonly drawing: Drawing }) {
  const { session, gridId, layout, text } = drawing;
  const standing = useWatched(session.selection);
  const isFocused = useWatched(session.isFocused);
  const column = layout.columns[standing?.at.column ?? -1];
  if (!isFocused || standing === undefined || column === undefined) return null;
  const decision = session.view.decide(standing.active.record, column.sides[0]);
  if (decision.effect === 'permit') return null;
  const reason = decision.reason[layout.language];
  const remedy = decision.remedy[layout.language];

  return (
    <span id={`${gridId}-locked`} className="grid-locked-reason" title={`${reason} ${remedy}`}>
      <IconLock size={13} stroke={1.8} aria-hidden />
      {text('lockedWhy', { reason, remedy })}
    </span>
  );
}

interface FiguresProps {
  readonly drawing: Drawing;
  readonly box: Box;
}

/** Cells that change may be among those that are marked: the figures are then made anew. */
function LiveFigures(props: FiguresProps) {
  const changes = useChanges(props.drawing.session);

  return <FiguresOf key={changes} {...props} />;
}

function FiguresOf({ drawing, box }: FiguresProps) {
  const { session, layout, text } = drawing;
  const calm = useDeferredValue(box);
  const figures = useMemo(() => figuresIn(session, calm), [session, calm]);
  const number = (value: number) =>
    new Intl.NumberFormat(layout.language, { maximumFractionDigits: 2 })
      .format(value)
      .replace('-', '\u2212');
  const shown: readonly (readonly [string, string])[] = [
    ...amounts(figures, text('average'), text('sum'), number),
    [text('count'), number(figures.count)],
  ];

  return shown.map(([label, value]) => (
    <span key={label} className="grid-figure">
      {label} <b>{value}</b>
    </span>
  ));
}

/** How often cells have changed since the grid was drawn. */
function useChanges(session: GridSession): number {
  const [changes, setChanges] = useState(0);
  useEffect(
    () =>
      session.view.subscribeChanges(() => {
        setChanges((count) => count + 1);
      }),
    [session],
  );

  return changes;
}

function amounts(
  figures: Figures,
  average: string,
  sum: string,
  number: (value: number) => string,
): readonly (readonly [string, string])[] {
  if (figures.sum === undefined || figures.average === undefined) return [];
  const unit = figures.unit === undefined ? '' : ` ${figures.unit}`;

  return [
    [average, number(figures.average) + unit],
    [sum, number(figures.sum) + unit],
  ];
}

function figuresIn(session: GridSession, box: Box): Figures {
  const { ids } = session.order.get();
  const columns = session.layout.get().columns.slice(box.left, box.right + 1);
  const values = function* (): Generator<Value> {
    for (const id of ids.slice(box.top, box.bottom + 1)) {
      const record = session.view.record(id);
      if (record === undefined) continue;
      for (const column of columns) yield valueIn(column, record).value;
    }
  };

  return figuresOf(values(), minorDigits);
}

function minorDigits(currency: string): number {
  return (
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits ?? 2
  );
}
