/** One row. It draws again when its own record, its own peers or its own marking changes, and for nothing else. */
import { memo, useCallback, useSyncExternalStore } from 'react';
import type { RecordId, RegisterRecord } from '@lodestone/document-model';
import { IconArrowsDiagonal, IconPlus } from '@tabler/icons-react';
import { attentionIn } from '../cells/attention.ts';
import { doubtAbout, isApproximate } from '../cells/trust.ts';
import { GridCell } from '../cells/grid-cell.tsx';
import type { ReferenceLooks } from '../cells/reference-display.ts';
import { columnShowing, numberWidth, markWidth, valueIn, type Layout } from '../columns/column.ts';
import type { GridSession } from '../grid-session.ts';
import type { GridText } from '../grid-words.ts';
import { formatRowMarking, parseRowMarking, type RowMarking } from '../selection/geometry.ts';
import { titleText } from './row-title.ts';
import { draftId } from './draft-view.ts';

/** What every row of a grid is drawn with. */
export interface Drawing {
  readonly session: GridSession;
  readonly gridId: string;
  readonly layout: Layout;
  readonly looks: ReferenceLooks;
  readonly text: GridText;
  readonly onOpenRecord: (record: RecordId) => void;
}

export interface GridRowProps {
  readonly id: RecordId;
  readonly row: number;
  readonly top: number;
  readonly isUnmatched: boolean;
  readonly drawing: Drawing;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { id, row, top, isUnmatched, drawing } = props;
  const { view } = drawing.session;
  const record = useSyncExternalStore(
    useCallback((listener) => view.subscribeRecord(id, listener), [view, id]),
    () => view.record(id),
  );
  const marking = useRowMarking(drawing.session, row);
  if (record === undefined) return null;
  const states = [
    marking !== undefined && 'is-marked',
    marking !== undefined && marking.active >= 0 && 'is-current',
    isUnmatched && 'is-unmatched',
    id === draftId && 'is-draft',
  ];

  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-selected={marking !== undefined}
      className={['grid-row', ...states].filter(Boolean).join(' ')}
      style={{ transform: `translateY(${String(top)}px)` }}
      data-record={id}
    >
      <RowStart {...props} record={record} />
      <RowCells {...props} record={record} marking={marking} />
    </div>
  );
});

function useRowMarking(session: GridSession, row: number): RowMarking | undefined {
  const text = useSyncExternalStore(session.selection.subscribe, () => {
    const standing = session.selection.get();

    return standing === undefined ? '' : formatRowMarking(standing.box, standing.at, row);
  });

  return parseRowMarking(text);
}

interface WithRecord extends GridRowProps {
  readonly record: RegisterRecord;
}

/** The row's number, the button that opens its record, and its marking: always in sight. */
function RowStart({ id, row, isUnmatched, drawing, record }: WithRecord) {
  const { session, text, layout } = drawing;
  const mark = session.view.markOf(id);
  const isDraft = id === draftId;
  const title = titleText(session.view.register, record, layout.language);

  return (
    <>
      <div
        role="gridcell"
        aria-colindex={1}
        className="grid-cell grid-number is-pinned"
        style={{ left: 0, width: numberWidth }}
        title={isDraft ? text('draftRow') : isUnmatched ? text('unmatchedRow') : undefined}
      >
        <span className="grid-number-text">{isDraft ? <IconPlus size={13} /> : row + 1}</span>
        {!isDraft && (
          <button
            type="button"
            className="grid-open"
            tabIndex={-1}
            aria-label={text('openRecord', { record: title })}
            onClick={() => {
              drawing.onOpenRecord(id);
            }}
          >
            <IconArrowsDiagonal size={14} stroke={1.8} aria-hidden />
          </button>
        )}
      </div>
      <div
        role="gridcell"
        aria-colindex={2}
        className="grid-cell grid-mark is-pinned"
        style={{ left: numberWidth, width: markWidth }}
        title={mark?.marking}
      >
        <span>{mark?.marking}</span>
      </div>
    </>
  );
}

interface RowCellsProps extends WithRecord {
  readonly marking: RowMarking | undefined;
}

function RowCells({ id, drawing, record, marking }: RowCellsProps) {
  const { session, gridId, layout, looks, text } = drawing;
  const { view } = session;
  const around = session.surroundings.get();
  const peers = useSyncExternalStore(
    useCallback((listener) => view.subscribePeers(id, listener), [view, id]),
    () => view.peersAt(id),
  );
  const attention = useSyncExternalStore(
    useCallback((listener) => view.subscribeAttention(id, listener), [view, id]),
    () => view.attentionAt(id),
  );
  const doubt = doubtAbout(view.register, record);

  return layout.columns.map((column, index) => {
    const shown = valueIn(column, record);
    const peersHere = peers.filter(
      (peer) => columnShowing(layout.columns, peer.field)?.field === column.field,
    );

    return (
      <GridCell
        key={column.field}
        id={`${gridId}-${id}-${column.field}`}
        column={column}
        index={index}
        isLastPinned={column.isPinned && layout.columns[index + 1]?.isPinned !== true}
        value={shown.value}
        otherSide={shown.side === column.sides[0] ? undefined : layout.language}
        doubt={column.isTitle && doubt?.kind === 'other' ? doubt.label[layout.language] : undefined}
        isApproximate={
          isApproximate(record, column.field) || (column.isTitle && doubt?.kind === 'approximate')
        }
        isLocked={view.decide(id, column.sides[0]).effect === 'deny'}
        isActive={marking?.active === index}
        edges={edgesOf(marking, index)}
        attention={attentionIn(column, attention)}
        peer={peersHere[0]}
        otherPeers={peersHere.length - 1}
        around={around}
        looks={looks}
        text={text}
      />
    );
  });
}

/** Which outer edges of the marked block this cell has; `undefined` outside, and where only one cell is marked. */
function edgesOf(marking: RowMarking | undefined, column: number): string | undefined {
  if (marking === undefined || marking.isSingle) return undefined;
  if (column < marking.left || column > marking.right) return undefined;
  const edges = [
    column === marking.left && 'is-edge-left',
    column === marking.right && 'is-edge-right',
    marking.isTop && 'is-edge-top',
    marking.isBottom && 'is-edge-bottom',
  ];

  return ['is-in-block', ...edges].filter(Boolean).join(' ');
}
