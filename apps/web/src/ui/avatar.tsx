/**
 * A person as a disc with initials. The name is always beside it or in its label; the colour only helps to find it.
 * The initials are drawn by the style sheet: they are no text that a label would have to repeat.
 */
import styles from './avatar.module.css';

export interface AvatarProps {
  readonly initials: string;
  /** A name of the people's palette in tokens.css. */
  readonly colour: string;
  readonly size?: 'small' | 'medium';
}

export function Avatar({ initials, colour, size = 'medium' }: AvatarProps) {
  return (
    <span
      aria-hidden
      className={styles[size]}
      data-initials={initials}
      style={{ backgroundColor: `var(--p-${colour})` }}
    />
  );
}
