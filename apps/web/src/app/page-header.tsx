/** The line above a page: where it stands, its title, whether it is saved, who is here, language and scheme. */
import { ActionIcon } from '@mantine/core';
import { IconChevronRight, IconMenu2, IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDialogs } from './dialogs-context.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import styles from './page-header.module.css';
import { SaveState } from './save-state.tsx';
import { SchemeSwitch } from './scheme-switch.tsx';

export interface PageHeaderProps {
  readonly title: string;
  /** What the page adds: people, its own menus. */
  readonly children: ReactNode;
}

export function PageHeader({ title, children }: PageHeaderProps) {
  const { t } = useTranslation('app');
  const { show } = useDialogs();

  return (
    <div className={styles.header}>
      <ActionIcon
        className={styles.narrow ?? ''}
        variant="default"
        size={30}
        aria-label={t('openNavigation')}
        onClick={() => {
          show('navigation');
        }}
      >
        <IconMenu2 size={16} />
      </ActionIcon>
      <div className={styles.where}>
        <nav aria-label={t('breadcrumb')} className={styles.crumbs}>
          <Link to="/">{t('registers')}</Link>
          <IconChevronRight size={13} aria-hidden />
          <span aria-current="page">{title}</span>
        </nav>
        <div className={styles.titleRow}>
          <h1 className={styles.title}>{title}</h1>
          <SaveState />
        </div>
      </div>
      <div className={styles.tools}>
        {children}
        <LanguageSwitch />
        <SchemeSwitch />
        <ActionIcon
          className={styles.narrow ?? ''}
          variant="default"
          size={30}
          aria-label={t('searchShort')}
          onClick={() => {
            show('palette');
          }}
        >
          <IconSearch size={16} />
        </ActionIcon>
      </div>
    </div>
  );
}
