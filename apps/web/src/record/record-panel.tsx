/** The record beside the grid: every field with its value, its editor, its history, and the way to archive it. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { isArchived, titleOf, type RecordId, type RegisterRecord } from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';
import { useRecord, useRecordCount } from '../sync/workspace-context.tsx';
import { Banner } from '../ui/banner.tsx';
import { MarkingBadge } from '../ui/marking-badge.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { PanelContext } from './field-editing.tsx';
import { FieldList } from './field-list.tsx';
import { PanelFoot } from './panel-foot.tsx';
import { PanelFrame } from './panel-frame.tsx';
import styles from './record-panel.module.css';
import { useAround } from './use-around.ts';
import { useRecordHistory } from './use-record-history.ts';

export interface RecordPanelProps {
  readonly view: RegisterView;
  readonly id: RecordId;
  readonly onClose: () => void;
}

export function RecordPanel({ view, id, onClose }: RecordPanelProps) {
  const { t } = useTranslation('record');
  const language = useLanguage();
  const record = useRecord(view, id);
  const isReady = useRecordCount(view) !== undefined;
  if (record !== undefined) return <OpenRecord view={view} record={record} onClose={onClose} />;

  return (
    <PanelFrame title={view.register.singular[language]} onClose={onClose}>
      <div className={styles.body} aria-busy={!isReady}>
        {isReady && <p className={styles.note}>{t('unavailable')}</p>}
      </div>
    </PanelFrame>
  );
}

interface OpenRecordProps {
  readonly view: RegisterView;
  readonly record: RegisterRecord;
  readonly onClose: () => void;
}

function OpenRecord({ view, record, onClose }: OpenRecordProps) {
  const { t } = useTranslation('record');
  const language = useLanguage();
  const around = useAround(view, language);
  const history = useRecordHistory(view, record.id);
  const marking = view.markOf(record.id)?.marking;
  const scope = useMemo(
    () => ({ view, record, around, language }),
    [view, record, around, language],
  );

  return (
    <PanelContext value={scope}>
      <PanelFrame
        title={titleOf(view.register, record, language)}
        above={
          marking !== undefined && (
            <MarkingBadge marking={marking} label={t('marking', { marking })} />
          )
        }
        onClose={onClose}
      >
        {isArchived(record) && <Banner tone="info">{t('archived')}</Banner>}
        <div className={styles.body}>
          <FieldList history={history} />
          <PanelFoot history={history} />
        </div>
      </PanelFrame>
    </PanelContext>
  );
}
