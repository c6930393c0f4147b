/** Says once, politely, that another person changed the same cell at the same time. Many become one sentence. */
import { Button, CloseButton } from '@mantine/core';
import { IconArrowsSplit2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogs } from '../app/dialogs-context.tsx';
import { useConflicts } from '../sync/workspace-context.tsx';
import type { CellConflict } from '../sync/workspace-port.ts';
import styles from './conflict-notice.module.css';
import { standingOf } from './conflict-choice.tsx';
import { useCell } from './use-cell.ts';

export function ConflictNotice() {
  const { t } = useTranslation('attention');
  const { open, show } = useDialogs();
  const conflicts = useConflicts();
  const [told, setTold] = useState<ReadonlySet<string>>(new Set());
  const fresh = conflicts.filter(({ id }) => !told.has(id));
  const [first] = fresh;
  const haveTold = () => {
    setTold(new Set(conflicts.map(({ id }) => id)));
  };
  // Whoever has opened the panel has seen them.
  if (open === 'tray' && first !== undefined) haveTold();

  return (
    <section className={styles.place} aria-label={t('notice')}>
      <div role="status">
        {first !== undefined && (
          <div className={styles.notice}>
            <IconArrowsSplit2 size={18} stroke={1.7} aria-hidden />
            <div className={styles.text}>
              <p>
                {fresh.length === 1 ? (
                  <One conflict={first} />
                ) : (
                  t('noticeMany', { count: fresh.length })
                )}
              </p>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => {
                  haveTold();
                  show('tray');
                }}
              >
                {t(fresh.length === 1 ? 'noticeShow' : 'noticeShowMany')}
              </Button>
            </div>
            <CloseButton size="sm" aria-label={t('dismiss')} onClick={haveTold} />
          </div>
        )}
      </div>
    </section>
  );
}

function One({ conflict }: { readonly conflict: CellConflict }) {
  const { t } = useTranslation('attention');
  const cell = useCell(conflict);
  const { name, party } = conflict.theirs;
  const names = {
    name: name === '' ? t('other') : name,
    party,
    field: cell.fieldLabel,
    record: cell.recordTitle ?? t('goneRecord'),
  };

  return t(standingOf(conflict, cell) === 'mine' ? 'noticeMine' : 'noticeTheirs', names);
}
