/** One of two values between which a person chooses: whose it is, since when, whether it stands, and its button. */
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../ui/avatar.tsx';
import { colourOf, initialsOf } from '../ui/person-colour.ts';
import styles from './attention.module.css';
import { Moment } from './moment.tsx';

export interface ValueSideProps {
  /** Undefined where it is not known, or of no matter, whose it is. */
  readonly person?: { readonly id: string; readonly name: string } | undefined;
  readonly who: string;
  readonly at?: Date | undefined;
  readonly stands?: boolean;
  readonly children: ReactNode;
  readonly choice: string;
  /** Why it cannot be chosen. */
  readonly closed?: string | undefined;
  readonly onChoose: () => void;
}

export function ValueSide(props: ValueSideProps) {
  const { person, who, at, stands = false, closed, choice, children, onChoose } = props;
  const { t } = useTranslation('attention');

  return (
    <li className={styles.side} data-stands={stands || undefined}>
      {person === undefined ? (
        <span />
      ) : (
        <Avatar size="small" initials={initialsOf(person.name)} colour={colourOf(person.id)} />
      )}
      <div className={styles.sideText}>
        <p className={styles.who}>
          <span>{who}</span>
          {at !== undefined && <Moment at={at} />}
          {stands && (
            <span className={styles.stands}>
              <IconCheck size={12} stroke={2.4} aria-hidden />
              {t('stands')}
            </span>
          )}
        </p>
        <div className={styles.value}>{children}</div>
        {closed !== undefined && <p className={styles.remedy}>{closed}</p>}
      </div>
      <Button
        variant="default"
        size="compact-sm"
        disabled={closed !== undefined}
        onClick={onChoose}
      >
        {choice}
      </Button>
    </li>
  );
}
