/** An edit that came too late, since another person had changed the cell: both values, and the choice between them. */
import { useTranslation } from 'react-i18next';
import { useMe } from '../app/me-context.tsx';
import { useWorkspace } from '../sync/workspace-context.tsx';
import type { RefusedLine } from '../sync/workspace-port.ts';
import styles from './attention.module.css';
import { changeTo, useCellChanges } from './use-authors.ts';
import type { Cell } from './use-cell.ts';
import { ValueSide } from './value-side.tsx';
import { WantedValue, type WantedValueProps } from './wanted-value.tsx';

export interface OvertakenChoiceProps {
  readonly line: RefusedLine;
  readonly wanted: WantedValueProps['wanted'];
  readonly cell: Cell;
  readonly at: number;
  readonly onDone: (sentence: string) => void;
}

export function OvertakenChoice({ line, wanted, cell, at, onDone }: OvertakenChoiceProps) {
  const { t } = useTranslation('attention');
  const { user } = useMe();
  const workspace = useWorkspace();
  const changes = useCellChanges(cell, line);
  // Of a set no single change is what stands there: the newest one is what came in between.
  const change = cell.declared?.kind === 'set' ? changes[0] : changeTo(changes, cell.stands);
  const author = change?.author;
  const label = t('valuesOf', {
    field: cell.fieldLabel,
    record: cell.recordTitle ?? t('goneRecord'),
  });

  return (
    <ul className={styles.sides} aria-label={label}>
      <ValueSide
        person={user}
        who={t('you')}
        at={new Date(at)}
        choice={t('useMine')}
        onChoose={() => {
          workspace.retry([line]);
          onDone(t('saidSent', { count: 1 }));
        }}
      >
        <WantedValue wanted={wanted} cell={cell} />
      </ValueSide>
      <ValueSide
        person={author}
        who={
          author === undefined
            ? t('other')
            : author.id === user.id
              ? t('you')
              : t('person', { name: author.name, party: author.party })
        }
        at={change?.at}
        stands
        choice={author?.id === user.id ? t('leaveAsIs') : t('keepTheirs')}
        onChoose={() => {
          workspace.discard([line]);
          onDone(t('saidKept'));
        }}
      >
        {cell.text(cell.stands) || <em>{t('emptyValue')}</em>}
      </ValueSide>
    </ul>
  );
}
