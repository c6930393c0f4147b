/** One cell of an edit that was not accepted: what was wanted, what stands, why not, who may, and what can be done. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../sync/workspace-context.tsx';
import type { RefusedLine } from '../sync/workspace-port.ts';
import styles from './attention.module.css';
import { CopyText } from './copy-text.tsx';
import { OvertakenChoice } from './overtaken-choice.tsx';
import { PlaceLine } from './place-line.tsx';
import { textOfLine } from './refused-text.ts';
import { fieldTexts, useCell, type Cell } from './use-cell.ts';
import { WantedValue } from './wanted-value.tsx';
import { reasonNow, Why } from './why-not.tsx';

export interface RefusedLineItemProps {
  readonly line: RefusedLine;
  /** When it was made. */
  readonly at: number;
  /** It is one of several: the time stands above them all. */
  readonly isPart?: boolean;
  readonly onDone: (sentence: string) => void;
}

export function RefusedLineItem({ line, at, isPart = false, onDone }: RefusedLineItemProps) {
  const cell = useCell(line);
  const { wanted } = line;
  const isOvertaken =
    line.code === 'value.changed' && wanted.kind !== 'record' && cell.recordTitle !== undefined;

  return (
    <li className={styles.item}>
      <PlaceLine
        place={line}
        cell={cell}
        title={bornTitle(line)}
        at={isPart || isOvertaken ? undefined : at}
      />
      {isOvertaken ? (
        <OvertakenChoice {...{ line, wanted, cell, at, onDone }} />
      ) : (
        <Values line={line} cell={cell} />
      )}
      <Why line={line} cell={cell} />
      <LineActions {...{ line, cell, onDone, isOvertaken }} />
    </li>
  );
}

interface LineProps {
  readonly line: RefusedLine;
  readonly cell: Cell;
}

function Values({ line: { wanted, register }, cell }: LineProps) {
  const { t } = useTranslation('attention');
  if (wanted.kind === 'record') {
    return (
      <dl className={styles.values}>
        {fieldTexts(register, wanted.fields, cell.around).map(({ field, label, text }) => (
          <div key={field} className={styles.pair}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    );
  }

  return (
    <dl className={styles.values}>
      <dt>{t('yourValue')}</dt>
      <dd>
        <WantedValue wanted={wanted} cell={cell} />
      </dd>
      {cell.recordTitle !== undefined && (
        <>
          <dt>{t('nowThere')}</dt>
          <dd>{cell.text(cell.stands) || <em>{t('emptyValue')}</em>}</dd>
        </>
      )}
    </dl>
  );
}

interface LineActionsProps extends LineProps {
  readonly isOvertaken: boolean;
  readonly onDone: (sentence: string) => void;
}

function LineActions({ line, cell, isOvertaken, onDone }: LineActionsProps) {
  const { t } = useTranslation('attention');
  const workspace = useWorkspace();
  const isPromising = line.code !== 'access.denied' || reasonNow(line, cell).isAllowed;
  const label = t('actionsFor', {
    field: cell.fieldLabel,
    record: cell.recordTitle ?? bornTitle(line) ?? t('goneRecord'),
  });

  return (
    <div className={styles.actions} role="group" aria-label={label}>
      <CopyText text={() => textOfLine(line, cell.around)} label={t('copy')} />
      {!isOvertaken && (
        <>
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => {
              workspace.discard([line]);
              onDone(t('saidDiscarded', { count: 1 }));
            }}
          >
            {t('discard')}
          </Button>
          <Button
            {...(!isPromising && { variant: 'default' })}
            size="compact-sm"
            onClick={() => {
              workspace.retry([line]);
              onDone(t('saidSent', { count: 1 }));
            }}
          >
            {t('retry')}
          </Button>
        </>
      )}
    </div>
  );
}

/** What a record that could not be made was to be called. */
function bornTitle({ wanted }: RefusedLine): string | undefined {
  const name = wanted.kind === 'record' ? wanted.fields['name'] : undefined;

  return typeof name === 'string' ? name : undefined;
}
