/** What the grid has to say about the last act: one calm line, as data; the words are chosen where it is drawn. */
import type { Decision } from '@lodestone/access-policy';
import type { RecordId, Value } from '@lodestone/document-model';
import type { RefusedCell } from './clipboard/paste-plan.ts';

export type Notice =
  | { readonly kind: 'pasted'; readonly total: number; readonly refused: readonly RefusedCell[] }
  | { readonly kind: 'cleared'; readonly total: number; readonly refused: readonly RefusedCell[] }
  | { readonly kind: 'archived'; readonly count: number; readonly kept: number }
  | { readonly kind: 'denied'; readonly decision: Extract<Decision, { readonly effect: 'deny' }> }
  | { readonly kind: 'opening'; readonly register: string }
  | { readonly kind: 'undone' | 'redone' | 'nothing-to-undo' | 'nothing-to-redo' }
  | {
      readonly kind: 'changed-since';
      readonly direction: 'undo' | 'redo';
      readonly record: RecordId;
      readonly field: string;
      readonly now: Value;
      readonly left: Value;
      readonly restored: Value;
      undoAnyway(): void;
    };

/** What need not be read to the end: it goes as soon as the person moves on. */
export function isPassing({ kind }: Notice): boolean {
  return kind !== 'pasted' && kind !== 'cleared' && kind !== 'archived' && kind !== 'changed-since';
}
