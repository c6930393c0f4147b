/** What is the matter with the connection, what is safe, and what to do. Nothing while all is well. */
import { Button } from '@mantine/core';
import {
  IconCloudOff,
  IconDatabaseOff,
  IconLogin2,
  IconRefresh,
  IconShieldX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session-context.tsx';
import { useWorkspaceStatus } from '../sync/workspace-context.tsx';
import { Banner } from '../ui/banner.tsx';
import { ownZone, shortMoment } from '../ui/moment-text.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { useDialogs } from './dialogs-context.tsx';

export function ConnectionBanner() {
  const { t } = useTranslation('app');
  const { show } = useDialogs();
  const session = useSession();
  const status = useWorkspaceStatus();
  if (session.status === 'ended' || status.state === 'signed-out') {
    return (
      <Banner
        tone="warning"
        live
        icon={<IconLogin2 size={16} />}
        action={
          <Button
            size="compact-sm"
            onClick={() => {
              show('sign-in');
            }}
          >
            {t('signInAgain')}
          </Button>
        }
      >
        {t('endedBanner')}
      </Banner>
    );
  }
  switch (status.state) {
    case 'offline':
      return (
        <Banner tone="warning" live icon={<IconCloudOff size={16} />}>
          {t('offlineBanner')} <Since at={status.since} />
        </Banner>
      );
    case 'blocked':
      return (
        <Banner tone="warning" live icon={<IconShieldX size={16} />}>
          {t('blockedBanner', { host: location.host })}
        </Banner>
      );
    case 'read-only':
      return (
        <Banner tone="warning" live icon={<IconDatabaseOff size={16} />}>
          {t('readOnlyBanner')} <Since at={status.since} />
        </Banner>
      );
    case 'outdated':
      return (
        <Banner tone="warning" live icon={<IconRefresh size={16} />} action={<Reload />}>
          {t('outdatedBanner')}
        </Banner>
      );
    case 'saved':
    case 'saving':
    case 'not-accepted':
      return null;
  }
}

function Reload() {
  const { t } = useTranslation('app');

  return (
    <Button
      size="compact-sm"
      onClick={() => {
        location.reload();
      }}
    >
      {t('reload')}
    </Button>
  );
}

function Since({ at }: { readonly at: number | undefined }) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const now = useNow();
  if (at === undefined) return null;
  const time = shortMoment(new Date(at), now, { language, zone: ownZone() });

  return <span>{t('offlineSince', { time })}</span>;
}
