/** Signing in again over the screens as they stand: nothing typed is lost by a session that has ended. */
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSessionAccess } from '../session/session-context.tsx';
import { SignInForm } from '../session/sign-in-form.tsx';
import styles from './dialog.module.css';
import { useDialogs } from './dialogs-context.tsx';

export function SignInAgainDialog() {
  const { t } = useTranslation('app');
  const { close } = useDialogs();
  const { store } = useSessionAccess();

  return (
    <Modal
      opened
      onClose={close}
      title={t('signInAgainTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <SignInForm onSignedIn={close} />
      <div className={styles.actions}>
        <Button
          variant="subtle"
          size="xs"
          onClick={() => {
            store.forget();
          }}
        >
          {t('signInOther')}
        </Button>
      </div>
    </Modal>
  );
}
