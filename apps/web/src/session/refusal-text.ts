/** Why a person could not sign in, in one sentence. */
import { useTranslation } from 'react-i18next';
import type { SignInOutcome } from './session-store.ts';

type Refusal = Exclude<SignInOutcome, { outcome: 'signed-in' }>;

/** Above this a time is said in minutes. */
const mostSeconds = 90;

export function useRefusalText(): (refusal: Refusal) => string {
  const { t } = useTranslation('session');

  return (refusal) => {
    switch (refusal.outcome) {
      case 'wrong':
        return t('wrong');
      case 'second-factor':
        return t('secondFactor');
      case 'wrong-address':
        return t('wrongAddress');
      case 'unavailable':
        return t('unavailable');
      case 'unreachable':
        return t('unreachable');
      case 'throttled': {
        const seconds = refusal.retryAfterSeconds;
        if (seconds === undefined) return t('throttled');

        return seconds <= mostSeconds
          ? t('throttledSeconds', { count: Math.max(1, Math.ceil(seconds)) })
          : t('throttledMinutes', { count: Math.ceil(seconds / 60) });
      }
    }
  };
}
