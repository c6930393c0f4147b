/** E-mail address and password, and why it did not work. Stands on the sign-in page and in the dialog "Sign in again". */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSessionAccess } from './session-context.tsx';
import type { SignInOutcome } from './session-store.ts';
import { useRefusalText } from './refusal-text.ts';
import styles from './sign-in.module.css';

type Refusal = Exclude<SignInOutcome, { outcome: 'signed-in' }>;

interface Missing {
  readonly email: boolean;
  readonly password: boolean;
}

const nothingMissing: Missing = { email: false, password: false };

export function SignInForm({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const { t } = useTranslation('session');
  const { store } = useSessionAccess();
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [missing, setMissing] = useState(nothingMissing);
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const refusalText = useRefusalText();

  const submit = async () => {
    const credentials = {
      email: email.current?.value.trim() ?? '',
      password: password.current?.value ?? '',
    };
    const found = { email: credentials.email === '', password: credentials.password === '' };
    setMissing(found);
    if (found.email || found.password) {
      (found.email ? email : password).current?.focus();
      return;
    }
    setBusy(true);
    setRefusal(undefined);
    const outcome = await store.signIn(credentials);
    setBusy(false);
    if (outcome.outcome === 'signed-in') {
      onSignedIn();
      return;
    }
    setRefusal(outcome);
    password.current?.focus();
    password.current?.select();
  };

  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isBusy) void submit();
  };

  return (
    <form className={styles.form} onSubmit={onSubmit} noValidate>
      <TextInput
        ref={email}
        label={t('email')}
        type="email"
        name="email"
        autoComplete="username"
        autoFocus
        spellCheck={false}
        error={missing.email && t('emailMissing')}
      />
      <PasswordInput
        ref={password}
        label={t('password')}
        name="password"
        autoComplete="current-password"
        error={missing.password && t('passwordMissing')}
        visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
      />
      <div role="alert">
        {refusal !== undefined && (
          <p className={styles.refusal}>
            <IconAlertCircle size={16} aria-hidden />
            <span>{refusalText(refusal)}</span>
          </p>
        )}
      </div>
      <Button type="submit" fullWidth h={34} loading={isBusy}>
        {isBusy ? t('submitting') : t('submit')}
      </Button>
    </form>
  );
}
