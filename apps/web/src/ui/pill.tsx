/** One of a few declared words, coloured in stage order. The word is always there; the hue only helps the eye. */
import styles from './pill.module.css';

export interface PillProps {
  /** 0 grey to 6 green; plain text without it. */
  readonly hue: number | undefined;
  readonly children: string;
}

export function Pill({ hue, children }: PillProps) {
  return (
    <span className={styles.pill} {...(hue !== undefined && { 'data-hue': hue })}>
      {children}
    </span>
  );
}
