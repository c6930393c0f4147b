/** A whole screen that has nothing else to show: it says what happened, what is safe and what to do. */
import type { ReactNode } from 'react';
import styles from './calm-screen.module.css';

export interface CalmScreenProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export function CalmScreen({ icon, title, children, actions }: CalmScreenProps) {
  return (
    <main id="content" tabIndex={-1} className={styles.screen}>
      <div className={styles.sheet}>
        <span aria-hidden className={styles.icon}>
          {icon}
        </span>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.text}>{children}</div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
    </main>
  );
}
