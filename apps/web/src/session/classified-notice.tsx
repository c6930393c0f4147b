/** The workspace refuses classified material, and says so in both languages before anyone signs in. */
import { IconShieldCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { classifiedNotice } from './session-words.ts';
import styles from './sign-in.module.css';

export function ClassifiedNotice() {
  const { t } = useTranslation('session');

  return (
    <section className={styles.notice} aria-labelledby="classified-notice">
      <h2 id="classified-notice">
        <IconShieldCheck size={16} aria-hidden />
        {t('noticeTitle')}
      </h2>
      <p lang="en">{classifiedNotice.en}</p>
      <p lang="ja">{classifiedNotice.ja}</p>
    </section>
  );
}
