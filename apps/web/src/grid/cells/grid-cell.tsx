/** One closed cell: its value, and how it stands: active, marked, locked, or with a peer in it. */
import { memo } from 'react';
import { sameValue, type Language, type Surroundings, type Value } from '@lodestone/document-model';
import type { Column } from '../columns/column.ts';
import type { GridText } from '../grid-words.ts';
import { colourOf, initialsOf } from '../../ui/person-colour.ts';
import type { Attention, Peer } from '../view.ts';
import { attentionWords } from './attention.ts';
import { CellContent } from './cell-content.tsx';
import type { ReferenceLooks } from './reference-display.ts';

export interface GridCellProps {
  readonly id: string;
  readonly column: Column;
  readonly index: number;
  readonly isLastPinned: boolean;
  readonly value: Value;
  /** The reader's language, where the value shown is the other side of a bilingual text. */
  readonly otherSide: Language | undefined;
  /** In words, how far the record's figures can be trusted. */
  readonly doubt: string | undefined;
  readonly isApproximate: boolean;
  readonly isLocked: boolean;
  readonly isActive: boolean;
  /** Classes of the marked block. */
  readonly edges: string | undefined;
  /** Whether the cell waits for the reader's word. */
  readonly attention: Attention | undefined;
  readonly peer: Peer | undefined;
  readonly otherPeers: number;
  readonly around: Surroundings;
  readonly looks: ReferenceLooks;
  readonly text: GridText;
}

export const GridCell = memo(function GridCell(props: GridCellProps) {
  const { id, column, index, isActive, edges, peer, isLocked } = props;

  return (
    <div
      role={column.isTitle ? 'rowheader' : 'gridcell'}
      id={id}
      aria-colindex={index + 3}
      aria-selected={isActive || edges !== undefined}
      aria-readonly={isLocked || undefined}
      className={classesOf(props)}
      style={{ width: column.width, ...(column.isPinned && { left: column.left }) }}
      data-field={column.field}
    >
      {props.isApproximate && props.value !== null && (
        <abbr className="grid-approximate" title={props.text('approximate')}>
          ≈
        </abbr>
      )}
      <CellContent
        declared={column.declared}
        value={props.value}
        width={column.width}
        around={props.around}
        looks={props.looks}
        text={props.text}
      />
      {props.otherSide !== undefined && <SideMark reader={props.otherSide} text={props.text} />}
      {props.doubt !== undefined && <span className="grid-doubt">{props.doubt}</span>}
      {props.attention !== undefined && (
        <span className="grid-unseen">
          {attentionWords[props.attention][props.around.language]}
        </span>
      )}
      {peer !== undefined && <PeerMark peer={peer} others={props.otherPeers} />}
    </div>
  );
}, isSameCell);

/** A cell is the same as long as what it shows is; a record read anew has new arrays with the same elements. */
function isSameCell(before: GridCellProps, after: GridCellProps): boolean {
  return (Object.keys(after) as (keyof GridCellProps)[]).every((key) =>
    key === 'value'
      ? sameValue(before.value, after.value)
      : key === 'peer'
        ? isSamePeer(before.peer, after.peer)
        : Object.is(before[key], after[key]),
  );
}

function isSamePeer(before: Peer | undefined, after: Peer | undefined): boolean {
  return (
    before === after ||
    (before?.session === after?.session &&
      before?.editing === after?.editing &&
      before?.name === after?.name)
  );
}

function classesOf(props: GridCellProps): string {
  const { column, peer } = props;
  const classes = [
    'grid-cell',
    column.align === 'end' && 'is-end',
    column.isTitle && 'is-title',
    column.isPinned && 'is-pinned',
    props.isLastPinned && 'is-last-pinned',
    props.isLocked && 'is-locked',
    props.isActive && 'is-active',
    props.edges,
    props.attention !== undefined && `needs-word is-${props.attention}`,
    peer !== undefined && `has-peer is-${colourOf(peer.person)}`,
    peer?.editing === true && 'is-peer-typing',
  ];

  return classes.filter(Boolean).join(' ');
}

function SideMark({ reader, text }: { readonly reader: Language; readonly text: GridText }) {
  return reader === 'ja' ? (
    <abbr className="grid-side" title={text('sideEn')}>
      EN
    </abbr>
  ) : (
    <abbr className="grid-side" title={text('sideJa')} lang="ja">
      日
    </abbr>
  );
}

/** The initials always, the whole name while the peer types or the pointer is on the cell. */
function PeerMark({ peer, others }: { readonly peer: Peer; readonly others: number }) {
  return (
    <>
      <span className="grid-peer-tab" aria-hidden>
        {initialsOf(peer.name)}
        {others > 0 && `+${String(others)}`}
      </span>
      <span className="grid-peer-flag">
        {peer.name}
        {peer.editing && <i className="grid-peer-caret" />}
      </span>
    </>
  );
}
