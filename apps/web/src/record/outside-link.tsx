/** A web address outside Lodestone, opened in a new tab that learns nothing of this one. */
import { IconExternalLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import styles from './record-panel.module.css';

export interface OutsideLinkProps {
  readonly address: string;
  /** The address itself where nothing is given. */
  readonly children?: string;
}

export function OutsideLink({ address, children = address }: OutsideLinkProps) {
  const { t } = useTranslation('record');

  return (
    <a
      className={styles.link}
      href={address}
      target="_blank"
      rel="noopener noreferrer"
      title={t('openLink', { address })}
    >
      <span>{children}</span>
      <IconExternalLink size={13} aria-hidden />
    </a>
  );
}
