/** Asks before a sign-out that would leave edits behind, and says so when the server could not be told. */
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionAccess } from '../session/session-context.tsx';
import { useWorkspace, useWorkspaceStatus } from '../sync/workspace-context.tsx';
import { Banner } from '../ui/banner.tsx';
import styles from './dialog.module.css';
import { useDialogs } from './dialogs-context.tsx';

type Attempt = 'none' | 'busy' | 'failed';

export function SignOutDialog() {
  const { t } = useTranslation('app');
  const { close } = useDialogs();
  const workspace = useWorkspace();
  const { unsent, notAccepted } = useWorkspaceStatus();
  const { store } = useSessionAccess();
  const [attempt, setAttempt] = useState<Attempt>('none');
  const leavesSomething = unsent + notAccepted > 0;

  const wipe = () => workspace.wipe();
  /** The screens close the workspace as they go. */
  const keep = () => Promise.resolve();
  const signOut = async (tidyUp: () => Promise<void>) => {
    setAttempt('busy');
    const isGone = await store.signOut(tidyUp);
    if (!isGone) setAttempt('failed');
  };

  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={leavesSomething ? t('signOutTitle') : t('signOut')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={styles.text}>
        {unsent > 0 && <p>{t('signOutUnsent', { count: unsent })}</p>}
        {notAccepted > 0 && <p>{t('signOutNotAccepted', { count: notAccepted })}</p>}
        {leavesSomething && <p>{t('signOutKeeps')}</p>}
        {attempt !== 'busy' && !leavesSomething && <p>{t('signOutFailed')}</p>}
        {attempt === 'failed' && leavesSomething && (
          <Banner tone="bad" live>
            {t('signOutFailed')}
          </Banner>
        )}
      </div>
      <div className={styles.actions}>
        {leavesSomething && (
          <Button
            h={30}
            variant="subtle"
            color="red"
            disabled={attempt === 'busy'}
            onClick={() => void signOut(wipe)}
          >
            {t('signOutDelete')}
          </Button>
        )}
        <Button h={30} variant="default" data-autofocus onClick={close}>
          {t('stay')}
        </Button>
        <Button
          h={30}
          loading={attempt === 'busy'}
          onClick={() => void signOut(leavesSomething ? keep : wipe)}
        >
          {leavesSomething ? t('signOutKeep') : t('retry')}
        </Button>
      </div>
    </Modal>
  );
}
