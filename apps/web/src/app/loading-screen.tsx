/** The shell as grey shapes, while the session and the first code are on their way. */
import { useTranslation } from 'react-i18next';
import styles from './loading-screen.module.css';

export function LoadingScreen() {
  const { t } = useTranslation('app');

  return (
    <main className={styles.screen} aria-busy>
      <p className={styles.word} role="status">
        {t('loading')}
      </p>
      <div className={styles.side} aria-hidden>
        {[90, 150, 130, 140, 110, 120].map((width) => (
          <span key={width} style={{ width }} />
        ))}
      </div>
      <div className={styles.sheet} aria-hidden>
        <span style={{ width: 220 }} />
        {Array.from({ length: 12 }, (_, row) => (
          <span key={row} />
        ))}
      </div>
    </main>
  );
}
