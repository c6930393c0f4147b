/** The first screen: what this is, what it must not hold, and signing in. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProductMark } from '../ui/product-mark.tsx';
import { ClassifiedNotice } from './classified-notice.tsx';
import { SignInForm } from './sign-in-form.tsx';
import styles from './sign-in.module.css';

export interface SignInPageProps {
  readonly product: string;
  readonly tagline: string;
  /** Language and colour scheme, as in the workspace. */
  readonly switches: ReactNode;
  readonly onSignedIn: () => void;
}

export function SignInPage({ product, tagline, switches, onSignedIn }: SignInPageProps) {
  const { t } = useTranslation('session');

  return (
    <div className={styles.page}>
      <header className={styles.masthead}>
        <div className={styles.brand}>
          <ProductMark />
          <div>
            <strong>{product}</strong>
            <small>{tagline}</small>
          </div>
        </div>
        {switches}
      </header>
      <main className={styles.main}>
        <div className={styles.sheet}>
          <h1 className={styles.title}>{t('title')}</h1>
          <SignInForm onSignedIn={onSignedIn} />
          <ClassifiedNotice />
        </div>
      </main>
    </div>
  );
}
