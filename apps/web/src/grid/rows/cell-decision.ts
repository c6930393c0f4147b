/** May this cell be edited? The view's decision, and before it what the declaration itself closes. */
import type { Decision } from '@lodestone/access-policy';
import type { RecordId, Value } from '@lodestone/document-model';
import type { RegisterView } from '../view.ts';
import type { Column } from '../columns/column.ts';
import { draftId } from './draft-view.ts';

export function decideCell(
  view: Pick<RegisterView, 'decide' | 'record'>,
  record: RecordId,
  column: Column,
  to?: Value,
): Decision {
  const field = column.sides[0];
  if (column.declared.retired === true) return retired;
  const current = view.record(record)?.fields[field] ?? null;
  if (column.declared.fixed === true && record !== draftId && current !== null) return fixed;

  return to === undefined ? view.decide(record, field) : view.decide(record, field, to);
}

const retired: Decision = {
  effect: 'deny',
  reason: {
    en: 'This column is kept for reading only.',
    ja: 'この列は閲覧専用です。',
  },
  remedy: {
    en: 'Use the column that took its place.',
    ja: '後継の列を使ってください。',
  },
};

const fixed: Decision = {
  effect: 'deny',
  reason: {
    en: 'This value is given when the record is made and never changed.',
    ja: 'この値は記録の作成時に決まり、変更できません。',
  },
  remedy: {
    en: 'Archive the record and make a new one.',
    ja: '記録を保管し、新しい記録を作成してください。',
  },
};
