/** The strip at the very top: the highest marking on the screen below. */
import { markingTone } from './marking-tone.ts';
import styles from './marking.module.css';

export interface MarkingBannerProps {
  /** Undefined while nothing has been read. */
  readonly marking: string | undefined;
  readonly label: string;
}

export function MarkingBanner({ marking, label }: MarkingBannerProps) {
  return (
    <p
      className={styles.banner}
      data-tone={marking === undefined ? 'none' : markingTone(marking)}
      aria-label={marking === undefined ? undefined : `${label}: ${marking}`}
      role="note"
    >
      {marking ?? '\u00a0'}
    </p>
  );
}
