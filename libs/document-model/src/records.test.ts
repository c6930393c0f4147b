/** Records read from a real Y.Doc: birth overlaid by cells, kept up to date key by key. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import type { RecordId } from './ids.ts';
import { writeOf, type Intent } from './intent.ts';
import { isArchived, RegisterRecords } from './records.ts';
import { project } from './registers/project.ts';
import { surroundings, valueOf } from './testing/index.ts';
import type { SetField, Value } from './field.ts';

const id = (text: string) => text as RecordId;
const nolans = id('nolans');

function workspace() {
  const cells = new Doc().getMap<unknown>('project');
  const write = (intent: Intent): string => {
    const { key, value } = writeOf(intent);
    cells.set(key, value);

    return key;
  };

  return { cells, write };
}

describe('RegisterRecords', () => {
  it('[DM14] a record reads as its birth value overlaid by its cells, null being the empty cell', () => {
    const { cells, write } = workspace();
    write({ act: 'create', record: nolans, birth: { name: 'Nolans', sponsors: 'Arafura' } });
    write({ act: 'set', record: nolans, field: 'name', value: 'Nolans project' });
    write({ act: 'set', record: nolans, field: 'sponsors', value: null });
    write({ act: 'set', record: nolans, field: 'place', value: { lat: -22.58, lon: 133.25 } });

    const read = new RegisterRecords(project, cells).get('nolans');

    expect(read).toEqual({
      id: 'nolans',
      fields: { name: 'Nolans project', place: { lat: -22.58, lon: 133.25 } },
    });
  });

  it('[DM15] each element of a set is a cell of its own; the set reads sorted, and is absent when empty', () => {
    const { cells, write } = workspace();
    const element = (field: string, name: string, present: boolean) =>
      write({ act: 'element', record: nolans, field, element: name, present });
    write({
      act: 'create',
      record: nolans,
      birth: { name: 'Nolans', materials: ['pr', 'nd'], chain: ['mining'] },
    });
    element('materials', 'ndpr', true);
    element('materials', 'nd', false);
    element('parties', 'USA', true);
    element('parties', 'AUS', true);
    element('chain', 'mining', false);
    element('chain', 'separation', false);

    const read = new RegisterRecords(project, cells).get('nolans');

    expect(read?.fields).toEqual({
      name: 'Nolans',
      materials: ['ndpr', 'pr'],
      parties: ['AUS', 'USA'],
    });
  });

  it('[DM14] keys that no declaration knows, and cells without a birth, are not read', () => {
    const { cells, write } = workspace();
    write({ act: 'create', record: nolans, birth: { name: 'Nolans' } });
    cells.set('nolans/colour', 'red');
    cells.set('nolans/name/part/deep', 'x');
    cells.set('unborn/name', 'nobody');

    const records = new RegisterRecords(project, cells);

    expect([...records.ids()]).toEqual(['nolans']);
    expect(records.get('nolans')?.fields).toEqual({ name: 'Nolans' });
    expect(records.get('unborn')).toBeUndefined();
    expect(records.has('unborn')).toBe(false);
  });

  it('[DM16] archiving is a field: the record stays, and comes back', () => {
    const { cells, write } = workspace();
    write({ act: 'create', record: nolans, birth: { name: 'Nolans' } });
    const records = new RegisterRecords(project, cells);
    const archived = () => {
      const record = records.get('nolans');
      if (record === undefined) throw new Error('the record is gone');

      return isArchived(record);
    };

    expect(archived()).toBe(false);
    records.refresh([write({ act: 'set', record: nolans, field: 'archived', value: true })]);
    expect(archived()).toBe(true);
    records.refresh([write({ act: 'set', record: nolans, field: 'archived', value: false })]);
    expect(archived()).toBe(false);
    expect(records.size).toBe(1);
  });

  it('[DM17] a change touches its own record alone; every other record stays the same object', () => {
    const { cells, write } = workspace();
    write({ act: 'create', record: nolans, birth: { name: 'Nolans' } });
    write({ act: 'create', record: id('narva'), birth: { name: 'Narva' } });
    const records = new RegisterRecords(project, cells);
    const [before, other] = [records.get('nolans'), records.get('narva')];

    const key = write({ act: 'set', record: nolans, field: 'name', value: 'Nolans project' });
    const touched = records.refresh([key]);

    expect([...touched]).toEqual(['nolans']);
    expect(records.get('narva')).toBe(other);
    expect(records.get('nolans')).not.toBe(before);
    expect(records.get('nolans')).toBe(records.get('nolans'));
  });

  it('[DM18] reading key by key ends where a fresh reading does, whatever the order of edits and looks', () => {
    const around = surroundings('en');
    const set = project.fields['materials'] as SetField;
    const ids = fc.constantFrom('r1', 'r2', 'r3').map(id);
    const acts = fc.oneof(
      ids.map((record): Intent => ({
        act: 'create',
        record,
        birth: { name: 'Born', materials: ['dy'] },
      })),
      fc
        .tuple(ids, fc.constantFrom('name', 'notes', 'archived', 'place'))
        .chain(([record, field]) => {
          const declared = project.fields[field];
          if (declared === undefined) throw new Error(field);
          const values: fc.Arbitrary<Value> = fc.option(valueOf(declared, around), { nil: null });

          return values.map((value): Intent => ({ act: 'set', record, field, value }));
        }),
      fc
        .record({ record: ids, element: valueOf(set.of, around), present: fc.boolean() })
        .map((rest) => ({ ...rest, act: 'element', field: 'materials' }) as Intent),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(acts, fc.boolean()), { maxLength: 40 }), (steps) => {
        const { cells, write } = workspace();
        const records = new RegisterRecords(project, cells);
        for (const [intent, looks] of steps) {
          records.refresh([write(intent)]);
          if (looks) for (const record of ['r1', 'r2', 'r3']) records.get(record);
        }

        const fresh = new RegisterRecords(project, cells);
        expect(new Set(records.ids())).toEqual(new Set(fresh.ids()));
        for (const record of fresh.ids()) expect(records.get(record)).toEqual(fresh.get(record));
      }),
    );
  });
});
