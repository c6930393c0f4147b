/** Both values of a conflict with their authors, which of them stands, and the choice between them. */
import { useTranslation } from 'react-i18next';
import { sameValue, type Value } from '@lodestone/document-model';
import { useWorkspace } from '../sync/workspace-context.tsx';
import type { CellConflict } from '../sync/workspace-port.ts';
import { sentences } from '../ui/sentences.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './attention.module.css';
import type { Cell } from './use-cell.ts';
import { ValueSide } from './value-side.tsx';

export interface ConflictChoiceProps {
  readonly conflict: CellConflict;
  readonly cell: Cell;
  /** Told what has become of it. */
  readonly onDone?: (sentence: string) => void;
}

type Who = 'mine' | 'theirs';

export function ConflictChoice({ conflict, cell, onDone }: ConflictChoiceProps) {
  const { t } = useTranslation('attention');
  const workspace = useWorkspace();
  const standing = standingOf(conflict, cell);
  const choose = (choice: Who | 'standing') => {
    const outcome = workspace.resolve(conflict, choice);
    if (outcome.status === 'denied') return;
    onDone?.(t(saidOf[choice]));
  };
  const label = t('valuesOf', {
    field: cell.fieldLabel,
    record: cell.recordTitle ?? t('goneRecord'),
  });

  return (
    <ul className={styles.sides} aria-label={label}>
      {(['mine', 'theirs'] as const).map((who) => (
        <Side
          key={who}
          {...{ who, conflict, cell }}
          stands={standing === who}
          onChoose={() => {
            choose(who);
          }}
        />
      ))}
      {standing === 'neither' && (
        <ValueSide
          who={t('nowIs')}
          stands
          choice={t('leaveAsIs')}
          onChoose={() => {
            choose('standing');
          }}
        >
          {valueText(conflict, cell, cell.stands, t)}
        </ValueSide>
      )}
    </ul>
  );
}

const saidOf = { mine: 'saidChosen', theirs: 'saidTheirs', standing: 'saidLeft' } as const;

interface SideProps {
  readonly who: Who;
  readonly conflict: CellConflict;
  readonly cell: Cell;
  readonly stands: boolean;
  readonly onChoose: () => void;
}

function Side({ who, conflict, cell, stands, onChoose }: SideProps) {
  const { t } = useTranslation('attention');
  const language = useLanguage();
  const { person, name, party, value } = conflict[who];
  const decision = cell.view.decide(conflict.record, conflict.field);
  const closed =
    !stands && decision.effect === 'deny'
      ? sentences(language, decision.reason[language], decision.remedy[language])
      : undefined;
  const author = name === '' ? t('other') : t('person', { name, party });

  return (
    <ValueSide
      person={{ id: person, name }}
      who={who === 'mine' ? t('you') : author}
      stands={stands}
      closed={closed}
      choice={t(buttonOf[who][stands ? 'stands' : 'lost'])}
      onChoose={onChoose}
    >
      {valueText(conflict, cell, value, t)}
    </ValueSide>
  );
}

const buttonOf = {
  mine: { stands: 'keepMine', lost: 'useMine' },
  theirs: { stands: 'keepTheirs', lost: 'useTheirs' },
} as const;

type Words = ReturnType<typeof useTranslation<'attention'>>['t'];

/** Whose value is in the cell now: it may have been changed again since. */
export function standingOf(conflict: CellConflict, cell: Cell): Who | 'neither' {
  const { element, mine, theirs } = conflict;
  const now = element === undefined ? cell.stands : holds(cell.stands, element);
  if (sameValue(now, theirs.value)) return 'theirs';

  return sameValue(now, mine.value) ? 'mine' : 'neither';
}

function holds(value: Value, element: string): boolean {
  return Array.isArray(value) && (value as readonly string[]).includes(element);
}

function valueText(conflict: CellConflict, cell: Cell, value: Value, t: Words): string {
  const { element } = conflict;
  if (element === undefined) return value === null ? t('emptyValue') : cell.text(value);
  const isIn = typeof value === 'boolean' ? value : holds(value, element);

  return t(isIn ? 'elementIn' : 'elementOut', { element: cell.element(element) });
}
