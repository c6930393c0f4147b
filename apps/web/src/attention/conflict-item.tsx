/** One cell that two people changed at the same time, in the list of what needs attention. */
import type { CellConflict } from '../sync/workspace-port.ts';
import styles from './attention.module.css';
import { ConflictChoice } from './conflict-choice.tsx';
import { PlaceLine } from './place-line.tsx';
import { useCellChanges } from './use-authors.ts';
import { useCell } from './use-cell.ts';

export interface ConflictItemProps {
  readonly conflict: CellConflict;
  readonly onDone: (sentence: string) => void;
}

export function ConflictItem({ conflict, onDone }: ConflictItemProps) {
  const cell = useCell(conflict);
  // Both were made within seconds; of a value that lost, the history of the cell knows no time.
  const [newest] = useCellChanges(cell, conflict).filter(({ seq }) => seq <= conflict.seq);

  return (
    <li className={styles.item}>
      <PlaceLine place={conflict} cell={cell} at={newest?.at.getTime()} />
      <ConflictChoice conflict={conflict} cell={cell} onDone={onDone} />
    </li>
  );
}
