/** One place for everything that waits for the reader's word: conflicts of cells, and edits that were not accepted. */
import { Drawer } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDialogs } from '../app/dialogs-context.tsx';
import { useConflicts, useRefusedActs, useWorkspaceStatus } from '../sync/workspace-context.tsx';
import styles from './attention.module.css';
import { ConflictItem } from './conflict-item.tsx';
import { RefusedActItem } from './refused-act.tsx';

export function AttentionPanel() {
  const { t } = useTranslation('attention');
  const { t: app } = useTranslation('app');
  const { close } = useDialogs();
  const conflicts = useConflicts();
  const acts = useRefusedActs();
  const { notAccepted } = useWorkspaceStatus();
  const [said, setSaid] = useState('');
  const isEmpty = conflicts.length + acts.length === 0;
  const body = useFocusKept(conflicts.length + acts.length);

  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={460}
      title={t('title')}
      closeButtonProps={{ 'aria-label': app('close') }}
    >
      <div ref={body} tabIndex={-1} className={styles.panel}>
        {isEmpty && <Nothing />}
        {conflicts.length > 0 && (
          <Part title={t('conflicts', { count: conflicts.length })} hint={t('conflictsHint')}>
            {conflicts.map((conflict) => (
              <ConflictItem key={conflict.id} conflict={conflict} onDone={setSaid} />
            ))}
          </Part>
        )}
        {acts.length > 0 && (
          <Part title={t('refused', { count: notAccepted })} hint={t('refusedHint')}>
            {acts.map((act) => (
              <RefusedActItem key={act.id} act={act} onDone={setSaid} />
            ))}
          </Part>
        )}
        <p role="status" className={styles.said}>
          {said}
        </p>
      </div>
    </Drawer>
  );
}

interface PartProps {
  readonly title: string;
  readonly hint: string;
  readonly children: ReactNode;
}

function Part({ title, hint, children }: PartProps) {
  return (
    <section className={styles.part}>
      <h3 className={styles.heading}>{title}</h3>
      <p className={styles.hint}>{hint}</p>
      <ul>{children}</ul>
    </section>
  );
}

function Nothing() {
  const { t } = useTranslation('attention');

  return (
    <div className={styles.nothing}>
      <IconCircleCheck size={22} stroke={1.6} aria-hidden />
      <p>{t('empty')}</p>
      <p className={styles.hint}>{t('emptyHint')}</p>
    </div>
  );
}

/** The button that was pressed goes with its item: the keyboard then stays in the panel. */
function useFocusKept(count: number) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) body.current?.focus();
  }, [count]);

  return body;
}
