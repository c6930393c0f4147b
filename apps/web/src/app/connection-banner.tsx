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
import { clockMoment, ownZone } from '../ui/moment-text.ts';
import { useLanguage } from '../ui/use-language.ts';
import { sentences } from '../ui/sentences.ts';
import { useDialogs } from './dialogs-context.tsx';

export function ConnectionBanner() {
  const { t } = useTranslation('app');
  const { show } = useDialogs();
  const session = useSession();
  const status = useWorkspaceStatus();
  const language = useLanguage();
  const since = useSince();
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
          {sentences(language, t('offlineBanner'), since(status.since))}
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
          {sentences(
            language,
            status.unsent > 0
              ? t('readOnlyBannerKept', { count: status.unsent })
              : t('readOnlyBanner'),
            since(status.since),
          )}
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

/** A time of the clock, not "3 minutes ago": a text that changes would be announced again and again. */
function useSince(): (at: number | undefined) => string {
  const { t } = useTranslation('app');
  const language = useLanguage();

  return (at) => {
    if (at === undefined) return '';
    const time = clockMoment(new Date(at), new Date(), { language, zone: ownZone() });

    return t('offlineSince', { time });
  };
}
