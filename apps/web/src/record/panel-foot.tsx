/** The end of the panel: who made the record, what cannot be shown, and the way to archive it. */
import { Button } from '@mantine/core';
import { IconArchive, IconArchiveOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { archivedField, isArchived, type Words } from '@lodestone/document-model';
import { ZoneTooltip } from '../ui/zone-tooltip.tsx';
import { useWhen, useZonePlaces } from './changed-line.tsx';
import { usePanel, useWrite } from './field-editing.tsx';
import styles from './record-panel.module.css';
import type { HistoryReading } from './use-record-history.ts';

export function PanelFoot({ history }: { readonly history: HistoryReading }) {
  const { t } = useTranslation('record');
  const when = useWhen();
  const places = useZonePlaces();
  const { language } = usePanel();
  const birth = history.status === 'read' ? history.history.birth : undefined;

  return (
    <div className={styles.foot}>
      {birth !== undefined && (
        <div className={styles.note}>
          <ZoneTooltip at={birth.at} language={language} places={places}>
            <span>
              {t('born', {
                name: birth.author.name,
                party: birth.author.party,
                time: when(birth.at),
              })}
            </span>
          </ZoneTooltip>
        </div>
      )}
      {history.status === 'unavailable' && <p className={styles.note}>{t('historyUnavailable')}</p>}
      {history.status === 'read' && !history.isComplete && (
        <p className={styles.note}>{t('historyShort')}</p>
      )}
      <ArchiveButton />
    </div>
  );
}

function ArchiveButton() {
  const { t } = useTranslation('record');
  const { view, record, language } = usePanel();
  const write = useWrite();
  const [problem, setProblem] = useState<Words>();
  const isPut = isArchived(record);
  const decision = view.decide(record.id, archivedField, !isPut);
  if (decision.effect === 'deny') return null;

  return (
    <>
      <Button
        variant="default"
        h={30}
        leftSection={isPut ? <IconArchiveOff size={15} /> : <IconArchive size={15} />}
        onClick={() => {
          setProblem(write(archivedField, !isPut));
        }}
      >
        {isPut ? t('restore') : t('archive')}
      </Button>
      <p className={styles.hint}>{isPut ? '' : t('archiveHint')}</p>
      {problem !== undefined && (
        <p className={styles.problem} role="status">
          {problem[language]}
        </p>
      )}
    </>
  );
}
