/** One truthful word about saving, beside the title. What waits for the reader's word opens its panel. */
import {
  IconAlertTriangleFilled,
  IconArrowsSplit2,
  IconCircleCheckFilled,
  IconCloudOff,
  IconLoader2,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceStatus } from '../sync/workspace-context.tsx';
import type { WorkspaceStatus } from '../sync/workspace-port.ts';
import { useDialogs } from './dialogs-context.tsx';
import styles from './save-state.module.css';

export function SaveState() {
  const { t } = useTranslation('app');
  const { show } = useDialogs();
  const status = useWorkspaceStatus();

  return (
    <div className={styles.state} role="status">
      <Word status={status} />
      {status.conflicts > 0 && (
        <button
          type="button"
          className={styles.conflicts}
          onClick={() => {
            show('tray');
          }}
        >
          <IconArrowsSplit2 size={14} aria-hidden />
          {t('conflicts', { count: status.conflicts })}
        </button>
      )}
      {status.notAccepted > 0 && (
        <button
          type="button"
          className={styles.tray}
          onClick={() => {
            show('tray');
          }}
        >
          <IconAlertTriangleFilled size={14} aria-hidden />
          {t('notAccepted', { count: status.notAccepted })}
        </button>
      )}
    </div>
  );
}

function Word({ status }: { readonly status: WorkspaceStatus }) {
  const { t } = useTranslation('app');
  const { unsent: count, state } = status;
  switch (state) {
    case 'saved':
      return (
        <span className={styles.saved}>
          <IconCircleCheckFilled size={15} aria-hidden />
          {t('saved')}
        </span>
      );
    case 'saving':
      return (
        <span>
          <IconLoader2 size={15} aria-hidden />
          {t('saving')}
        </span>
      );
    // The button beside it says so.
    case 'not-accepted':
      return null;
    case 'offline':
      return <Away>{count > 0 ? t('offlineKept', { count }) : t('offline')}</Away>;
    case 'read-only':
      return <Away>{count > 0 ? t('readOnlyKept', { count }) : t('readOnly')}</Away>;
    case 'blocked':
      return <Away>{count > 0 ? t('blockedKept', { count }) : t('blocked')}</Away>;
    case 'outdated':
      return <Away>{count > 0 ? t('outdatedKept', { count }) : t('outdated')}</Away>;
    case 'signed-out':
      return <Away>{count > 0 ? t('signedOutKept', { count }) : t('signedOut')}</Away>;
  }
}

function Away({ children }: { readonly children: string }) {
  return (
    <span className={styles.away}>
      <IconCloudOff size={15} aria-hidden />
      {children}
    </span>
  );
}
