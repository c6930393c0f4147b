/** The sign-in page at its address; a person who is signed in goes on to where he was going. */
import { useTranslation } from 'react-i18next';
import { Navigate, useLocation } from 'react-router';
import { destinationOf } from '../session/destination.ts';
import { useSession } from '../session/session-context.tsx';
import { SignInPage } from '../session/sign-in-page.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { LoadingScreen } from './loading-screen.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';
import styles from './switches.module.css';
import { useDocumentTitle } from './use-document-title.ts';

export function SignInRoute() {
  const { t } = useTranslation('app');
  const { t: sessionText } = useTranslation('session');
  const session = useSession();
  const { search } = useLocation();
  useDocumentTitle(sessionText('title'));
  if (session.status === 'signed-in') return <Navigate to={destinationOf(search)} replace />;
  if (session.status === 'restoring') return <LoadingScreen />;

  return (
    <SignInPage
      product={t('product')}
      tagline={t('tagline')}
      switches={
        <div className={styles.switches}>
          <LanguageSwitch />
          <SchemeSwitch />
        </div>
      }
      onSignedIn={() => undefined}
    />
  );
}
