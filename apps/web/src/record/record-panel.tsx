/** The record beside the grid: every field with its value, its editor, its history, and the way to archive it. */
import { ActionIcon, Button } from '@mantine/core';
import { IconArchive, IconArchiveOff, IconX } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import {
  archivedField,
  isArchived,
  titleOf,
  type RecordId,
  type RegisterRecord,
  type Words,
} from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';
import { useRecord, useRecordCount } from '../sync/workspace-context.tsx';
import { Banner } from '../ui/banner.tsx';
import { MarkingBadge } from '../ui/marking-badge.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { ZoneTooltip } from '../ui/zone-tooltip.tsx';
import { useWhen, useZonePlaces } from './changed-line.tsx';
import { PanelContext, useWrite, usePanel } from './field-editing.tsx';
import { FieldList } from './field-list.tsx';
import styles from './record-panel.module.css';
import { useAround } from './use-around.ts';
import { useRecordHistory, type HistoryReading } from './use-record-history.ts';

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
    <Frame title={view.register.singular[language]} onClose={onClose}>
      <div className={styles.body} aria-busy={!isReady}>
        {isReady && <p className={styles.note}>{t('unavailable')}</p>}
      </div>
    </Frame>
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
      <Frame
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
          <Foot history={history} />
        </div>
      </Frame>
    </PanelContext>
  );
}

interface FrameProps {
  readonly title: string;
  readonly above?: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

function Frame({ title, above, children, onClose }: FrameProps) {
  const { t } = useTranslation('record');
  const heading = useRef<HTMLHeadingElement>(null);
  const frame = useRef<HTMLElement>(null);
  useFocusInside(frame, heading);
  useEscape(onClose);

  return (
    <aside ref={frame} className={styles.panel} aria-label={t('panel', { title })}>
      <div className={styles.head}>
        <div className={styles.titles}>
          {above}
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('close')}
          title={t('close')}
          onClick={onClose}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
}

/** Begins at the title, and gives the keyboard back to where it was when the panel goes. */
function useFocusInside(
  frame: React.RefObject<HTMLElement | null>,
  heading: React.RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const before = document.activeElement;
    const panel = frame.current;
    heading.current?.focus({ preventScroll: true });

    return () => {
      const isInside = panel?.contains(document.activeElement) ?? false;
      const isNowhere = document.activeElement === document.body;
      if ((isInside || isNowhere) && before instanceof HTMLElement) before.focus();
    };
  }, [frame, heading]);
}

/** Esc closes the panel, unless something inside or above it has used the key. */
function useEscape(onClose: () => void): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      onClose();
    };
    document.addEventListener('keydown', close);

    return () => {
      document.removeEventListener('keydown', close);
    };
  }, [onClose]);
}

function Foot({ history }: { readonly history: HistoryReading }) {
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
