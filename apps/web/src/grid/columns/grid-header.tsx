/** The header row: titles that sort, menus, and handles for the width. It stays in sight when rows scroll. */
import type { SortKey } from '@lodestone/document-model';
import { IconArrowNarrowDown, IconArrowNarrowUp } from '@tabler/icons-react';
import type { GridSession } from '../grid-session.ts';
import type { GridText } from '../grid-words.ts';
import { sortAfterClick } from '../order/view-order.ts';
import { useWatched } from '../state/observable.ts';
import { ColumnMenu } from './column-menu.tsx';
import { markWidth, numberWidth, type Column, type Layout } from './column.ts';
import { ResizeHandle } from './resize-handle.tsx';

export interface GridHeaderProps {
  readonly session: GridSession;
  readonly layout: Layout;
  readonly text: GridText;
  readonly onFilterBy: (field: string) => void;
}

export function GridHeader({ session, layout, text, onFilterBy }: GridHeaderProps) {
  const { sort } = useWatched(session.order);

  return (
    <div role="rowgroup" className="grid-head">
      <div role="row" aria-rowindex={1} className="grid-head-row">
        <div
          role="columnheader"
          aria-colindex={1}
          aria-label={text('rowNumber')}
          className="grid-head-cell is-end is-pinned"
          style={{ left: 0, width: numberWidth }}
        >
          {text('number')}
        </div>
        <div
          role="columnheader"
          aria-colindex={2}
          className="grid-head-cell is-pinned"
          style={{ left: numberWidth, width: markWidth }}
        >
          <span className="grid-head-label">{text('marking')}</span>
        </div>
        {layout.columns.map((column, index) => (
          <HeaderCell
            key={column.field}
            column={column}
            index={index}
            isLastPinned={column.isPinned && layout.columns[index + 1]?.isPinned !== true}
            sort={sort}
            session={session}
            text={text}
            onFilterBy={onFilterBy}
          />
        ))}
      </div>
    </div>
  );
}

interface HeaderCellProps {
  readonly column: Column;
  readonly index: number;
  readonly isLastPinned: boolean;
  readonly sort: readonly SortKey[];
  readonly session: GridSession;
  readonly text: GridText;
  readonly onFilterBy: (field: string) => void;
}

function HeaderCell(props: HeaderCellProps) {
  const { column, index, sort, session, text } = props;
  const place = sort.findIndex((key) => key.field === column.field);
  const key = sort[place];
  const direction = key === undefined ? undefined : key.descending === true ? 'down' : 'up';
  const shownPlace = place >= 0 && sort.length > 1 ? String(place + 1) : undefined;
  const classes = [
    'grid-head-cell',
    column.align === 'end' && 'is-end',
    column.isPinned && 'is-pinned',
    props.isLastPinned && 'is-last-pinned',
    direction !== undefined && 'is-sorted',
  ];

  return (
    <div
      role="columnheader"
      aria-colindex={index + 3}
      {...(place === 0 && { 'aria-sort': direction === 'up' ? 'ascending' : 'descending' })}
      className={classes.filter(Boolean).join(' ')}
      style={{ width: column.width, ...(column.isPinned && { left: column.left }) }}
      data-column={column.field}
    >
      <button
        type="button"
        tabIndex={-1}
        className="grid-head-sort"
        title={column.hint === undefined ? text('sortHint') : `${column.hint}\n${text('sortHint')}`}
        aria-label={labelOf({ column, direction, place: shownPlace, text })}
        onClick={(event) => {
          const byDefault = session.view.register.sort;
          const adds = event.shiftKey;
          session.order.sortBy(sortAfterClick(sort, column.field, { adds, byDefault }));
          session.window.get().focus();
        }}
      >
        <span className="grid-head-label">{column.label}</span>
        {column.unit !== undefined && <em className="grid-head-unit">{column.unit}</em>}
        {direction === 'up' && <IconArrowNarrowUp size={14} stroke={2} aria-hidden />}
        {direction === 'down' && <IconArrowNarrowDown size={14} stroke={2} aria-hidden />}
        {shownPlace !== undefined && <em className="grid-head-place">{shownPlace}</em>}
      </button>
      <ColumnMenu column={column} session={session} text={text} onFilterBy={props.onFilterBy} />
      <ResizeHandle column={column} session={session} text={text} />
    </div>
  );
}

interface SortLabel {
  readonly column: Column;
  readonly direction: 'up' | 'down' | undefined;
  readonly place: string | undefined;
  readonly text: GridText;
}

/** All that the button shows, in its order, and what it means. */
function labelOf({ column, direction, place, text }: SortLabel): string {
  const label = [column.label, column.unit, place].filter(Boolean).join(' ');
  if (direction === undefined) return label;

  return text(direction === 'up' ? 'sortedUp' : 'sortedDown', { column: label });
}
