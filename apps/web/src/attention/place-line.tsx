/** Where something is: the record, which the title opens, its register and field, and when it happened. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useDialogs } from '../app/dialogs-context.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './attention.module.css';
import { Moment } from './moment.tsx';
import type { Cell, CellPlace } from './use-cell.ts';

export interface PlaceLineProps {
  readonly place: CellPlace;
  readonly cell: Cell;
  /** Of a record that is not there: what it was to be called. */
  readonly title?: string | undefined;
  readonly at?: number | undefined;
}

export function PlaceLine({ place, cell, title, at }: PlaceLineProps) {
  const { t } = useTranslation('attention');
  const { close } = useDialogs();
  const language = useLanguage();
  const missing = place.field === '' ? t('unnamedRecord') : t('goneRecord');

  return (
    <>
      <div className={styles.where}>
        {cell.recordTitle === undefined ? (
          <span className={styles.gone}>{title ?? missing}</span>
        ) : (
          <Link
            className={styles.record}
            to={`/registers/${place.register}/${place.record}`}
            onClick={close}
          >
            {cell.recordTitle}
          </Link>
        )}
        {at !== undefined && <Moment at={new Date(at)} />}
      </div>
      <p className={styles.field}>
        {cell.register.label[language]} · {cell.fieldLabel}
      </p>
    </>
  );
}
