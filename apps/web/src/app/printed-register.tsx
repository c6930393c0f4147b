/** A register on paper: every row as a plain table, since the grid on the screen only has the rows in sight. */
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import {
  compareValues,
  formatValue,
  type RegisterRecord,
  type Surroundings,
} from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';
import { useWorkspace } from '../sync/workspace-context.tsx';
import { exactMoment, ownZone } from '../ui/moment-text.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './printed-register.module.css';

export function PrintedRegister({ view }: { readonly view: RegisterView }) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const workspace = useWorkspace();
  const printedAt = usePrinting();
  if (printedAt === undefined) return null;
  const { register } = view;
  const around = view.around();
  const columns = Object.entries(register.fields).filter(([, field]) => field.aside !== true);
  const marking = workspace.highestMarking(register.name);
  const time = exactMoment(printedAt, { language, zone: ownZone() });

  return (
    <table className={styles.table}>
      <caption>
        {register.label[language]} · {t('printedAt', { time })}
      </caption>
      <thead>
        {/* The head is repeated on every sheet, and the marking with it. */}
        <tr>
          <th colSpan={columns.length + 1} className={styles.marking}>
            {marking}
          </th>
        </tr>
        <tr>
          <th scope="col">{t('markingColumn')}</th>
          {columns.map(([name, field]) => (
            <th key={name} scope="col">
              {field.label[language]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sortedRecords(view, around).map((record) => (
          <tr key={record.id}>
            <td>{view.markOf(record.id)?.marking}</td>
            {columns.map(([name, field]) => (
              <td key={name}>{formatValue(field, record.fields[name] ?? null, around)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** In the order that the register declares; ties by id. */
function sortedRecords(view: RegisterView, around: Surroundings): readonly RegisterRecord[] {
  const { register } = view;
  const records = view.ids().flatMap((id) => view.record(id) ?? []);

  return records.sort((a, b) => {
    for (const { field, descending } of register.sort) {
      const declared = register.fields[field];
      if (declared === undefined) continue;
      const order = compareValues(
        declared,
        a.fields[field] ?? null,
        b.fields[field] ?? null,
        around,
      );
      if (order !== 0) return descending === true ? -order : order;
    }

    return a.id < b.id ? -1 : 1;
  });
}

/** When printing began; undefined on the screen. The table has to stand before the browser takes the page. */
function usePrinting(): Date | undefined {
  const [printedAt, setPrintedAt] = useState<Date>();
  useEffect(() => {
    const begin = () => {
      flushSync(() => {
        setPrintedAt(new Date());
      });
    };
    const end = () => {
      setPrintedAt(undefined);
    };
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);

    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);

  return printedAt;
}
