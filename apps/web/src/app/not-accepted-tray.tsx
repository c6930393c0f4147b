/** The edits that were not accepted: what was wanted, why not, and what can be done. They stay until disposed of. */
import { Button, CopyButton, Drawer } from '@mantine/core';
import { IconCopy, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { findRegister } from '@lodestone/document-model';
import { useRefusedEdits, useWorkspace } from '../sync/workspace-context.tsx';
import type { RefusedEdit } from '../sync/workspace-port.ts';
import { ownZone, shortMoment } from '../ui/moment-text.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { useDialogs } from './dialogs-context.tsx';
import styles from './not-accepted-tray.module.css';

export function NotAcceptedTray() {
  const { t } = useTranslation('app');
  const { close } = useDialogs();
  const edits = useRefusedEdits();

  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={420}
      title={t('trayTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p className={styles.explains}>{edits.length === 0 ? t('trayEmpty') : t('trayExplains')}</p>
      <ul>
        {edits.map((edit) => (
          <RefusedItem key={edit.id} edit={edit} />
        ))}
      </ul>
    </Drawer>
  );
}

function RefusedItem({ edit }: { readonly edit: RefusedEdit }) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const now = useNow();
  const register = findRegister(edit.register);
  const field = register?.fields[edit.field]?.label[language] ?? t('trayNewRecord');

  return (
    <li className={styles.edit}>
      <p className={styles.where}>
        <Where edit={edit} />
        <time dateTime={new Date(edit.at).toISOString()}>
          {shortMoment(new Date(edit.at), now, { language, zone: ownZone() })}
        </time>
      </p>
      <p className={styles.field}>
        {register?.label[language]} · {field}
      </p>
      <p className={styles.value}>
        <span>{t('trayWanted')}</span>
        <q>{edit.value === '' ? t('trayEmptyValue') : edit.value}</q>
      </p>
      <p className={styles.reason}>{edit.reason[language]}</p>
      {edit.remedy !== undefined && <p className={styles.remedy}>{edit.remedy[language]}</p>}
      <Disposal edit={edit} />
    </li>
  );
}

function Where({ edit }: { readonly edit: RefusedEdit }) {
  const { close } = useDialogs();

  return (
    <Link
      className={styles.record}
      to={`/registers/${edit.register}/${edit.record}`}
      onClick={close}
    >
      {edit.recordTitle}
    </Link>
  );
}

function Disposal({ edit }: { readonly edit: RefusedEdit }) {
  const { t } = useTranslation('app');
  const workspace = useWorkspace();

  return (
    <div className={styles.actions}>
      <CopyButton value={edit.value}>
        {({ copied, copy }) => (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<IconCopy size={14} />}
            onClick={copy}
          >
            {copied ? t('trayCopied') : t('trayCopy')}
          </Button>
        )}
      </CopyButton>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconTrash size={14} />}
        onClick={() => {
          workspace.discard(edit.id);
        }}
      >
        {t('trayDiscard')}
      </Button>
      <Button
        size="compact-sm"
        leftSection={<IconRefresh size={14} />}
        onClick={() => {
          workspace.retry(edit.id);
        }}
      >
        {t('trayRetry')}
      </Button>
    </div>
  );
}
