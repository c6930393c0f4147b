/** Why an edit was not accepted, and who may make it. Rights are asked again: they may have come back since. */
import { useTranslation } from 'react-i18next';
import type { Value, Words } from '@lodestone/document-model';
import type { RefusedLine } from '../sync/workspace-port.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './attention.module.css';
import type { Cell } from './use-cell.ts';

export interface WhyProps {
  readonly line: RefusedLine;
  readonly cell: Cell;
}

export function Why({ line, cell }: WhyProps) {
  const { t } = useTranslation('attention');
  const language = useLanguage();
  const { reason, remedy, isAllowed } = reasonNow(line, cell);

  return (
    <div className={styles.why}>
      <p className={styles.reason}>{reason[language]}</p>
      {isAllowed && <p className={styles.remedy}>{t('allowedNow')}</p>}
      {!isAllowed && remedy !== undefined && <p className={styles.remedy}>{remedy[language]}</p>}
    </div>
  );
}

interface Reason {
  readonly reason: Words;
  readonly remedy?: Words;
  /** It was a matter of rights, and the rights are there now. */
  readonly isAllowed: boolean;
}

/** The local decision names who may; the server's answer only says that one may not. */
export function reasonNow(line: RefusedLine, cell: Cell): Reason {
  const { code, reason, remedy, wanted, record, field } = line;
  if (code !== 'access.denied' || wanted.kind === 'record' || cell.recordTitle === undefined) {
    return { reason, ...(remedy !== undefined && { remedy }), isAllowed: false };
  }
  const to: Value | undefined = wanted.kind === 'value' ? wanted.value : undefined;
  const decision = cell.view.decide(record, field, to);
  if (decision.effect === 'permit') return { reason, isAllowed: true };

  return { reason: decision.reason, remedy: decision.remedy, isAllowed: false };
}
