/** Every field of the record in the order of its register, the two sides of a text together. */
import { useTranslation } from 'react-i18next';
import type { Decision } from '@lodestone/access-policy';
import { sentences } from '../ui/sentences.ts';
import { usePanel } from './field-editing.tsx';
import { FieldRow } from './field-row.tsx';
import { panelFields, type PanelField } from './panel-fields.ts';
import { lastWritten, type FieldChange } from './record-history.ts';
import styles from './record-panel.module.css';
import type { HistoryReading } from './use-record-history.ts';

export function FieldList({ history }: { readonly history: HistoryReading }) {
  const { t } = useTranslation('record');
  const { view, record, language } = usePanel();
  const fields = panelFields(view.register, (field) => record.fields[field] !== undefined);
  const common = commonDenial(fields.map(({ name }) => view.decide(record.id, name)));
  const isLockExplained = common !== undefined;

  return (
    <>
      {common !== undefined && (
        <p className={styles.allLocked}>
          {sentences(language, t('allLocked'), common.reason[language], common.remedy[language])}
        </p>
      )}
      {fields.map((one) =>
        one.translation === undefined ? (
          <FieldRow
            key={one.name}
            name={one.name}
            field={one.field}
            changes={changesOf(history, one.name)}
            isLockExplained={isLockExplained}
          />
        ) : (
          <BothSides
            key={one.name}
            one={one}
            translation={one.translation}
            history={history}
            isLockExplained={isLockExplained}
          />
        ),
      )}
    </>
  );
}

interface BothSidesProps {
  readonly one: PanelField;
  readonly translation: string;
  readonly history: HistoryReading;
  readonly isLockExplained: boolean;
}

/** English and Japanese of one text, the reader's side first, with a mark on a side that is missing or older. */
function BothSides({ one, translation, history, isLockExplained }: BothSidesProps) {
  const { t } = useTranslation('record');
  const { view, record, language } = usePanel();
  const sides = [
    { name: one.name, side: t('sideEn') },
    { name: translation, side: t('sideJa') },
  ];
  const inOrder = language === 'ja' ? sides.toReversed() : sides;

  return inOrder.map(({ name, side }) => {
    const other = name === one.name ? translation : one.name;
    const mark = markOf(history, {
      mine: { name, isEmpty: record.fields[name] === undefined },
      theirs: { name: other, isEmpty: record.fields[other] === undefined },
    });

    return (
      <FieldRow
        key={name}
        name={name}
        // The label of the pair; which side it is stands behind it.
        field={{ ...(view.register.fields[name] ?? one.field), label: one.field.label }}
        side={side}
        {...(mark !== undefined && { mark: t(mark) })}
        changes={changesOf(history, name)}
        isLockExplained={isLockExplained}
      />
    );
  });
}

interface Side {
  readonly name: string;
  readonly isEmpty: boolean;
}

function markOf(
  history: HistoryReading,
  { mine, theirs }: { readonly mine: Side; readonly theirs: Side },
): 'sideMissing' | 'sideOlder' | undefined {
  if (theirs.isEmpty) return undefined;
  if (mine.isEmpty) return 'sideMissing';
  if (history.status !== 'read') return undefined;
  const written = lastWritten(history.history, mine.name);
  const otherWritten = lastWritten(history.history, theirs.name);
  if (written === undefined || otherWritten === undefined) return undefined;

  return written < otherWritten ? 'sideOlder' : undefined;
}

function changesOf(history: HistoryReading, field: string): readonly FieldChange[] {
  return history.status === 'read' ? (history.history.byField.get(field) ?? []) : [];
}

/** The one reason why nothing here can be edited; undefined where something can, or the reasons differ. */
function commonDenial(
  decisions: readonly Decision[],
): Extract<Decision, { readonly effect: 'deny' }> | undefined {
  const first = decisions[0];
  if (first?.effect !== 'deny') return undefined;
  const isSame = (decision: Decision) =>
    decision.effect === 'deny' && decision.reason.en === first.reason.en;

  return decisions.every(isSame) ? first : undefined;
}
