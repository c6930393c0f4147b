/** An address that leads nowhere, or to what the reader may not know of: the same calm answer. */
import { Button } from '@mantine/core';
import { IconMapQuestion } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { CalmScreen } from '../ui/calm-screen.tsx';
import { useDocumentTitle } from './use-document-title.ts';

export function NotFoundScreen() {
  const { t } = useTranslation('app');
  useDocumentTitle(t('notFoundTitle'));

  return (
    <CalmScreen
      icon={<IconMapQuestion size={28} stroke={1.5} />}
      title={t('notFoundTitle')}
      actions={
        <Button component={Link} to="/" h={30}>
          {t('goHome')}
        </Button>
      }
    >
      <p>{t('notFoundText')}</p>
    </CalmScreen>
  );
}
