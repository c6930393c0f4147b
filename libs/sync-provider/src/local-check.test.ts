/** What this side's own check says of an edit, and what it adds to the server's word. */
import {
  findRegister,
  RegisterRecords,
  type Intent,
  type RecordId,
} from '@lodestone/document-model';
import { describe, expect, it } from 'vitest';
import { explain, findObstacle, type IntentCheck } from './local-check.ts';
import { create, setNotes, setTitle } from './testing/harness.ts';
import type { NotAccepted } from './tray-item.ts';

const register = findRegister('source');
if (register === undefined) throw new Error('there is no such register');
const place = {
  document: 'public/source',
  records: new RegisterRecords(register, new Map([['a', { title: 'Born' }]])),
  rights: { of: 'usa' },
};
const reason = { en: 'Notes are closed.', ja: '備考は閉じています。' };
const remedy = { en: 'Ask the secretariat.', ja: '事務局に依頼してください。' };
const check: IntentCheck = (intent) =>
  intent.act === 'set' && intent.field === 'notes'
    ? { verdict: 'rejected', code: 'access.denied', reason, remedy }
    : { verdict: 'admitted' };

describe('the local check', () => {
  it('[PR12] names every cell that stands in the way, with its reason and remedy', () => {
    const intents = [setTitle('a', 'Fine'), setNotes('a', 'x'), setTitle('unknown', 'x')];

    const why = findObstacle(intents, place, check);

    expect(why).toMatchObject({
      ...{ code: 'access.denied', reason, remedy },
      changes: [
        { register: 'source', record: 'a', field: 'notes', code: 'access.denied', reason, remedy },
        { register: 'source', record: 'unknown', field: 'title', code: 'record.unknown' },
      ],
    });
    expect(why?.message).toBeUndefined();
  });

  it('[PR12] does not ask about the cells of a record that the same edit makes, nor about its making', () => {
    const born = [create('b', 'Born'), setNotes('b', 'x'), create('a', 'There already')];

    expect(findObstacle(born, place, check)).toBeUndefined();
  });

  it('[PR12] is told the rights that the server gave last', () => {
    const asked: unknown[] = [];

    findObstacle([setTitle('a', 'x')], place, (_intent, { rights }) => {
      asked.push(rights);

      return { verdict: 'admitted' };
    });

    expect(asked).toEqual([{ of: 'usa' }]);
  });

  it('[PR10] lends its words to the same refusal by the server, and to no other', () => {
    const message = 'denied';
    const changes = ['notes', 'title'].map((field) => ({
      ...{ register: 'source', record: 'a', field, message },
      code: 'access.denied' as const,
    }));
    const refused: NotAccepted = {
      ...{ code: 'access.denied', message, changes },
      reason: { en: 'You may not.', ja: '不可。' },
    };
    const own = findObstacle([setNotes('a', 'x')], place, check);

    expect(explain(refused, own)).toEqual({
      ...{ code: 'access.denied', message, reason, remedy },
      changes: [{ ...changes[0], reason, remedy }, changes[1]],
    });
    const other: NotAccepted = { ...refused, code: 'value.changed' };
    expect(explain(other, own)).toBe(other);
    expect(explain(refused, undefined)).toBe(refused);
  });

  it('[PR12] names an element of a set apart from its field', () => {
    const element: Intent = {
      ...{ act: 'element', record: 'unknown' as RecordId, field: 'tags', element: 'A' },
      present: true,
    };

    expect(findObstacle([element], place, check)?.changes).toMatchObject([
      { record: 'unknown', field: 'tags', element: 'A' },
    ]);
  });
});
