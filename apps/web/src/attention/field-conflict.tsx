/** Under a field of the record panel: that two people changed it at once, and the choice between both values. */
import { useTranslation } from 'react-i18next';
import type { RecordId } from '@lodestone/document-model';
import { useConflicts } from '../sync/workspace-context.tsx';
import type { CellConflict } from '../sync/workspace-port.ts';
import styles from './attention.module.css';
import { ConflictChoice } from './conflict-choice.tsx';
import { useCell } from './use-cell.ts';

export interface FieldConflictProps {
  readonly register: string;
  readonly record: RecordId;
  readonly field: string;
}

export function FieldConflict({ register, record, field }: FieldConflictProps) {
  const own = useConflicts().filter(
    (one) => one.register === register && one.record === record && one.field === field,
  );

  return own.map((conflict) => <OfField key={conflict.id} conflict={conflict} />);
}

function OfField({ conflict }: { readonly conflict: CellConflict }) {
  const { t } = useTranslation('attention');
  const cell = useCell(conflict);
  const { name, party } = conflict.theirs;

  return (
    <div className={styles.inField}>
      <p>{t('fieldConflict', { name: name === '' ? t('other') : name, party })}</p>
      <ConflictChoice conflict={conflict} cell={cell} />
    </div>
  );
}
