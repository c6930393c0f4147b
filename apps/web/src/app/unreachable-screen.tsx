/** Nothing can be shown because the server has not answered the first question. It is asked again by itself. */
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionAccess } from '../session/session-context.tsx';
import { CalmScreen } from '../ui/calm-screen.tsx';

const againAfterMs = 10_000;

export function UnreachableScreen() {
  const { t } = useTranslation('app');
  const { store } = useSessionAccess();
  useEffect(() => {
    const again = () => {
      void store.restore();
    };
    const timer = setTimeout(again, againAfterMs);
    addEventListener('online', again);

    return () => {
      clearTimeout(timer);
      removeEventListener('online', again);
    };
  }, [store]);

  return (
    <CalmScreen
      icon={<IconPlugConnectedX size={28} stroke={1.5} />}
      title={t('unreachableTitle')}
      actions={
        <Button h={30} onClick={() => void store.restore()}>
          {t('retry')}
        </Button>
      }
    >
      <p>{t('unreachableText')}</p>
    </CalmScreen>
  );
}
