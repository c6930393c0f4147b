/** What resting on a cell tells: its whole text, where it is closed why and who may, and what waits for a word. */
import type { RecordId } from '@lodestone/document-model';
import { attentionIn, attentionWords } from '../cells/attention.ts';
import { textIn } from '../cells/cell-text.ts';
import type { GridSession } from '../grid-session.ts';

export function describeCell(
  session: GridSession,
  field: string | undefined,
  id: string | undefined,
): string {
  const { columns, language } = session.layout.get();
  const column = columns.find((candidate) => candidate.field === field);
  const record = session.view.record(id as RecordId);
  if (column === undefined || record === undefined) return '';
  const decision = session.view.decide(record.id, column.sides[0]);
  const text = textIn(column, record, session.surroundings.get());
  const why =
    decision.effect === 'deny' ? [decision.reason[language], decision.remedy[language]] : [];

  const attention = attentionIn(column, session.view.attentionAt(record.id));
  const waits = attention === undefined ? [] : [attentionWords[attention][language]];

  return [text, ...why, ...waits].filter((line) => line !== '').join('\n');
}
