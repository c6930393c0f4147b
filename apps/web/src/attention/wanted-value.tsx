/** What a refused edit wanted of its cell. */
import { useTranslation } from 'react-i18next';
import type { RefusedLine } from '../sync/workspace-port.ts';
import styles from './attention.module.css';
import type { Cell } from './use-cell.ts';

export interface WantedValueProps {
  readonly wanted: Exclude<RefusedLine['wanted'], { readonly kind: 'record' }>;
  readonly cell: Cell;
}

export function WantedValue({ wanted, cell }: WantedValueProps) {
  const { t } = useTranslation('attention');
  if (wanted.kind === 'value') return cell.text(wanted.value) || <em>{t('emptyValue')}</em>;

  return (
    <>
      {wanted.added.length > 0 && (
        <ins title={t('added')}>
          <span className={styles.unseen}>{t('added')} </span>
          {wanted.added.map((one) => `+ ${cell.element(one)}`).join(', ')}
        </ins>
      )}{' '}
      {wanted.removed.length > 0 && (
        <del title={t('removed')}>
          <span className={styles.unseen}>{t('removed')} </span>
          {wanted.removed.map(cell.element).join(', ')}
        </del>
      )}
    </>
  );
}
