/** A calm strip that says what is the matter, what is safe, and what can be done. */
import type { ReactNode } from 'react';
import styles from './banner.module.css';

export interface BannerProps {
  readonly tone: 'info' | 'warning' | 'bad';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  /** Announced when it appears. */
  readonly live?: boolean;
}

export function Banner({ tone, icon, children, action, live = false }: BannerProps) {
  return (
    <div className={styles.banner} data-tone={tone} {...(live && { role: 'status' })}>
      {icon !== undefined && (
        <span aria-hidden className={styles.icon}>
          {icon}
        </span>
      )}
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
