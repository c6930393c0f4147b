/** An action of several cells that was not accepted: folded, with what can be done about all of it. */
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../sync/workspace-context.tsx';
import type { RefusedAct, RefusedLine } from '../sync/workspace-port.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './attention.module.css';
import { CopyText } from './copy-text.tsx';
import { Moment } from './moment.tsx';
import { RefusedLineItem } from './refused-line.tsx';
import { textOfLines } from './refused-text.ts';
import { useCell } from './use-cell.ts';
import { Why } from './why-not.tsx';

/** More would be a long wait and a long list; the rest comes when it is asked for. */
const listedAtOnce = 50;

export interface RefusedActItemProps {
  readonly act: RefusedAct;
  readonly onDone: (sentence: string) => void;
}

export function RefusedActItem({ act, onDone }: RefusedActItemProps) {
  const [first] = act.lines;
  if (act.lines.length > 1) return <ManyLines act={act} onDone={onDone} />;
  if (first === undefined) return null;

  return <RefusedLineItem line={first} at={act.at} onDone={onDone} />;
}

function ManyLines({ act, onDone }: RefusedActItemProps) {
  const { t } = useTranslation('attention');
  const [isOpen, setOpen] = useState(false);
  const [listed, setListed] = useState(listedAtOnce);
  const listId = useId();
  const { lines } = act;
  const Chevron = isOpen ? IconChevronDown : IconChevronRight;

  return (
    <li className={styles.item}>
      <div className={styles.where}>
        <strong>{t('actOf', { count: lines.length })}</strong>
        <Moment at={new Date(act.at)} />
      </div>
      <Summary lines={lines} />
      <ActActions lines={lines} onDone={onDone} />
      <button
        type="button"
        className={styles.fold}
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <Chevron size={14} aria-hidden />
        {t('showCells', { count: lines.length })}
      </button>
      {isOpen && (
        <ul id={listId} className={styles.lines}>
          {lines.slice(0, listed).map((line) => (
            <RefusedLineItem key={line.id} line={line} at={act.at} isPart onDone={onDone} />
          ))}
        </ul>
      )}
      {isOpen && lines.length > listed && (
        <button
          type="button"
          className={styles.fold}
          onClick={() => {
            setListed(listed + listedAtOnce);
          }}
        >
          {t('showRest', { count: lines.length - listed })}
        </button>
      )}
    </li>
  );
}

/** Which registers it is about, and each reason once. */
function Summary({ lines }: { readonly lines: readonly RefusedLine[] }) {
  const { t } = useTranslation('attention');
  const language = useLanguage();
  const workspace = useWorkspace();
  const registers = [...new Set(lines.map(({ register }) => register))];
  const causes = lines.filter(isCause);
  const reasons = [...new Map(causes.map((line) => [line.reason.en, line])).values()];

  return (
    <>
      <p className={styles.field}>
        {registers.map((name) => workspace.registerView(name).register.label[language]).join(' · ')}
      </p>
      {causes.length < lines.length && (
        <p className={styles.remedy}>{t('ofWhich', { count: causes.length })}</p>
      )}
      {reasons.map((line) => (
        <Cause key={line.id} line={line} />
      ))}
    </>
  );
}

function Cause({ line }: { readonly line: RefusedLine }) {
  return <Why line={line} cell={useCell(line)} />;
}

function ActActions({
  lines,
  onDone,
}: {
  readonly lines: readonly RefusedLine[];
  readonly onDone: (sentence: string) => void;
}) {
  const { t } = useTranslation('attention');
  const workspace = useWorkspace();
  const [isAsked, setAsked] = useState(false);
  const count = lines.length;
  const others = lines.filter((line) => !isCause(line));
  const retry = (some: readonly RefusedLine[]) => {
    workspace.retry(some);
    onDone(t('saidSent', { count: some.length }));
  };
  if (isAsked) {
    return (
      <div className={styles.sure} role="group" aria-label={t('discardAll')}>
        <p role="alert">{t('discardSure', { count })}</p>
        <Button
          variant="default"
          size="compact-sm"
          data-autofocus
          ref={(button) => button?.focus()}
          onClick={() => {
            setAsked(false);
          }}
        >
          {t('keepThem')}
        </Button>
        <Button
          color="red"
          variant="light"
          size="compact-sm"
          onClick={() => {
            workspace.discard(lines);
            onDone(t('saidDiscarded', { count }));
          }}
        >
          {t('discardAll')}
        </Button>
      </div>
    );
  }

  return (
    <div className={styles.actions} role="group" aria-label={t('actOf', { count })}>
      <CopyText
        text={() => textOfLines(lines, (register) => workspace.registerView(register))}
        label={t('copyAll')}
      />
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => {
          setAsked(true);
        }}
      >
        {t('discardAll')}
      </Button>
      {others.length > 0 && others.length < count && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            retry(others);
          }}
        >
          {t('retryOthers', { count: others.length })}
        </Button>
      )}
      <Button
        size="compact-sm"
        onClick={() => {
          retry(lines);
        }}
      >
        {t('retryAll')}
      </Button>
    </div>
  );
}

/** It stood in the way itself; the others only came with it. */
function isCause({ code }: RefusedLine): boolean {
  return code !== 'group.stopped';
}
