/** The program itself failed: what is safe, and the way on. Also a chunk that a newer release has replaced. */
import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { CalmScreen } from '../ui/calm-screen.tsx';
import styles from './crash-screen.module.css';

export function CrashScreen() {
  const { t } = useTranslation('app');
  const error = useRouteError();

  return (
    <CalmScreen
      icon={<IconAlertTriangle size={28} stroke={1.5} />}
      title={t('crashTitle')}
      actions={
        <Button
          h={30}
          onClick={() => {
            location.reload();
          }}
        >
          {t('reload')}
        </Button>
      }
    >
      <p>{t('crashText')}</p>
      <details className={styles.details}>
        <summary>{t('details')}</summary>
        <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
      </details>
    </CalmScreen>
  );
}
