/** What a cell says that waits for the reader's word: to a screen reader, and when the pointer rests on it. */
import type { Words } from '@lodestone/document-model';
import type { Column } from '../columns/column.ts';
import type { Attention } from '../view.ts';

export const attentionWords: Readonly<Record<Attention, Words>> = {
  conflict: {
    en: 'You and another person changed this at the same time. Open the record to choose.',
    ja: '他の人と同時に変更されました。記録を開いて値を選んでください。',
  },
  refused: {
    en: 'An edit of yours was not accepted here. It is kept under “Not accepted”.',
    ja: 'このセルへの編集は受理されませんでした。「受理されませんでした」に保管されています。',
  },
};

/** Of a text in two languages either side may need a word. */
export function attentionIn(
  { sides }: Column,
  attention: ReadonlyMap<string, Attention>,
): Attention | undefined {
  if (attention.size === 0) return undefined;

  return sides.map((side) => attention.get(side)).find((one) => one !== undefined);
}
