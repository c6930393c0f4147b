/** The tray as acts: what belongs together, what was wanted of each cell, and whose fault it was. */
import { describe, expect, it } from 'vitest';
import type { Intent, RecordId } from '@lodestone/document-model';
import type { TrayItem } from '@lodestone/sync-provider';
import { toRefusedActs } from './refused-acts.ts';

const record = 'nolans' as RecordId;
const reason = { en: 'You may not make this change.', ja: 'この変更を行う権限がありません。' };

function set(field: string, value: string, id = record): Intent {
  return { act: 'set', record: id, field, value };
}

function item(edit: string, intents: readonly Intent[], more: Partial<TrayItem> = {}): TrayItem {
  return {
    ...{ edit, document: 'public/project', group: edit, intents, at: 20, madeAt: 10 },
    ...{ code: 'access.denied', reason },
    ...more,
  };
}

describe('the tray as acts', () => {
  it('keeps the edits of one act together, with the time it was made', () => {
    const acts = toRefusedActs([
      item('one', [set('sponsors', 'A')], { group: 'paste' }),
      item('other', [set('notes', 'B')]),
      item('two', [set('status', 'C')], { group: 'paste', code: 'group.stopped' }),
    ]);

    expect(acts.map(({ id, at, lines }) => [id, at, lines.map(({ field }) => field)])).toEqual([
      ['paste', 10, ['sponsors', 'status']],
      ['other', 10, ['notes']],
    ]);
    expect(acts[0]?.lines.map(({ edit, code }) => [edit, code])).toEqual([
      ['one', 'access.denied'],
      ['two', 'group.stopped'],
    ]);
  });

  it('shows the elements of a set as what was added and taken out of one cell', () => {
    const element = (name: string, present: boolean): Intent => ({
      ...{ act: 'element', record, field: 'materials', element: name, present },
    });

    const [act] = toRefusedActs([item('one', [element('nd', true), element('dy', false)])]);

    expect(act?.lines).toMatchObject([
      { field: 'materials', wanted: { kind: 'elements', added: ['nd'], removed: ['dy'] } },
    ]);
  });

  it('shows a record that was to be made as one, with the cells that followed in the same edit', () => {
    const fresh = 'fresh' as RecordId;
    const create: Intent = { act: 'create', record: fresh, birth: { name: 'New mine' } };

    const [act] = toRefusedActs([item('one', [create, set('status', 'Drilling', fresh)])]);

    expect(act?.lines).toMatchObject([
      {
        ...{ record: fresh, field: '' },
        wanted: { kind: 'record', fields: { name: 'New mine', status: 'Drilling' } },
      },
    ]);
    expect(act?.lines[0]?.intents).toHaveLength(2);
  });

  it('tells the cells that stood in the way from those that came with them', () => {
    const change = { register: 'project', record, field: 'status', message: 'no' } as const;

    const [act] = toRefusedActs([
      item('one', [set('sponsors', 'A'), set('status', 'B')], {
        code: 'value.changed',
        changes: [{ ...change, code: 'value.changed' }],
      }),
    ]);

    expect(act?.lines.map(({ field, code }) => [field, code])).toEqual([
      ['sponsors', 'group.stopped'],
      ['status', 'value.changed'],
    ]);
  });

  it('says of a value that does not fit what its field says', () => {
    const change = { register: 'project', record, field: 'statusAsOf', message: 'no' } as const;

    const [act] = toRefusedActs([
      item('one', [set('statusAsOf', 'next spring')], {
        code: 'value.invalid',
        changes: [{ ...change, code: 'value.invalid' }],
      }),
    ]);

    expect(act?.lines[0]?.reason.en).toMatch(/date/);
    expect(act?.lines[0]?.reason.ja).toMatch(/日付/);
  });
});
