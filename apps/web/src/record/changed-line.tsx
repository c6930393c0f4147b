/** "Changed by … at …" under a field; it opens the field's history: old struck through, new, who and when. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  checkValue,
  formatElement,
  formatValue,
  type Field,
  type Surroundings,
} from '@lodestone/document-model';
import { ownZone, shortMoment } from '../ui/moment-text.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useNow } from '../ui/use-now.ts';
import { ZoneTooltip } from '../ui/zone-tooltip.tsx';
import { usePanel } from './field-editing.tsx';
import styles from './record-panel.module.css';
import type { FieldChange } from './record-history.ts';

export interface ChangedLineProps {
  readonly field: Field;
  readonly changes: readonly FieldChange[];
}

export function ChangedLine({ field, changes }: ChangedLineProps) {
  const { t } = useTranslation('record');
  const { language } = usePanel();
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  const places = useZonePlaces();
  const when = useWhen();
  const latest = changes[0];
  if (latest === undefined) return null;
  const { name, party } = latest.author;

  return (
    <>
      <ZoneTooltip at={latest.at} language={language} places={places}>
        <button
          type="button"
          className={styles.changed}
          aria-expanded={isOpen}
          aria-controls={listId}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          {t('changedBy', { name, party, time: when(latest.at) })}
        </button>
      </ZoneTooltip>
      {isOpen && (
        <ol
          id={listId}
          className={styles.history}
          aria-label={t('historyOf', { field: field.label[language] })}
        >
          {changes.map((change) => (
            <HistoryItem
              key={`${String(change.seq)} ${change.element ?? ''}`}
              field={field}
              change={change}
            />
          ))}
        </ol>
      )}
    </>
  );
}

interface HistoryItemProps {
  readonly field: Field;
  readonly change: FieldChange;
}

function HistoryItem({ field, change }: HistoryItemProps) {
  const { t } = useTranslation('record');
  const { around, language } = usePanel();
  const places = useZonePlaces();
  const when = useWhen();
  const { removed, added } = difference(field, change, around);

  return (
    <li>
      <p className={styles.difference}>
        {removed !== undefined && <del>{removed === '' ? t('wasEmpty') : removed}</del>}
        {added !== undefined && <ins>{added === '' ? t('wasEmpty') : added}</ins>}
      </p>
      <div className={styles.author}>
        {change.author.name} ({change.author.party}){' '}
        <ZoneTooltip at={change.at} language={language} places={places}>
          <time dateTime={change.at.toISOString()}>{when(change.at)}</time>
        </ZoneTooltip>
      </div>
    </li>
  );
}

/** What went and what came; an element of a set only does one of the two. */
function difference(
  field: Field,
  change: FieldChange,
  around: Surroundings,
): { readonly removed?: string; readonly added?: string } {
  if (field.kind === 'set' && change.element !== undefined) {
    const title = formatElement(field, change.element, around);

    return change.new === true ? { added: title } : { removed: title };
  }

  return { removed: asText(field, change.old, around), added: asText(field, change.new, around) };
}

/** A value of the log; one that no longer fits its field is shown as it was written. */
function asText(field: Field, value: unknown, around: Surroundings): string {
  if (value === null || value === undefined) return '';
  if (checkValue(field, value) !== undefined) return JSON.stringify(value);

  return formatValue(field, value as never, around);
}

export function useWhen(): (at: Date) => string {
  const language = useLanguage();
  const now = useNow();

  return (at) => shortMoment(at, now, { language, zone: ownZone() });
}

export function useZonePlaces() {
  const { t } = useTranslation('record');

  return { own: t('yourTime'), washington: t('washington'), tokyo: t('tokyo') };
}
