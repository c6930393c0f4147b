/** A marking as a small label: who may read the record it stands on. */
import { markingTone } from './marking-tone.ts';
import styles from './marking.module.css';

export interface MarkingBadgeProps {
  readonly marking: string;
  /** The same in a sentence, for who cannot see the label. */
  readonly label: string;
}

export function MarkingBadge({ marking, label }: MarkingBadgeProps) {
  return (
    <span className={styles.badge} data-tone={markingTone(marking)} title={label}>
      {marking}
    </span>
  );
}
