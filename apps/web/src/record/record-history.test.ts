/** The history of a record, field by field. */
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '@lodestone/api-contract';
import { lastWritten, readHistory } from './record-history.ts';

const actor = {
  id: 'd9428888-122b-41e1-b85c-61cd3cbb3210',
  name: 'Aiko Tanaka',
  party: 'JPN',
  roles: ['editor' as const],
};

interface Made {
  readonly seq: number;
  readonly field: string;
  readonly record?: string;
  readonly outcome?: AuditEntry['outcome'];
}

function entry({ seq, field, record = 'r1', outcome = 'admitted' }: Made): AuditEntry {
  return {
    compartment: 'public',
    seq,
    document: 'public/project',
    action: 'record.updated',
    outcome,
    actor,
    at: '2026-11-23T05:32:07.000Z',
    edit: null,
    changes: [{ register: 'project', record, field, old: null, new: true }],
  };
}

describe('readHistory', () => {
  it('lists the changes of a field newest first, with the elements of a set under their field', () => {
    const entries = [
      entry({ seq: 9, field: 'materials/nd' }),
      entry({ seq: 7, field: 'name' }),
      entry({ seq: 4, field: 'materials/dy' }),
    ];

    const { byField } = readHistory(entries, 'r1');

    expect(byField.get('materials')?.map(({ seq, element }) => [seq, element])).toEqual([
      [9, 'nd'],
      [4, 'dy'],
    ]);
    expect(byField.get('name')?.[0]).toMatchObject({ seq: 7, author: { name: 'Aiko Tanaka' } });
  });

  it('leaves out other records and what was refused', () => {
    const entries = [
      entry({ seq: 9, field: 'name', record: 'r2' }),
      entry({ seq: 8, field: 'name', outcome: 'refused' }),
    ];

    expect(readHistory(entries, 'r1').byField.size).toBe(0);
  });

  it('finds the birth', () => {
    const { birth, byField } = readHistory([entry({ seq: 1, field: '' })], 'r1');

    expect(birth?.seq).toBe(1);
    expect(byField.size).toBe(0);
  });
});

describe('lastWritten', () => {
  it('is the latest change of the field, or the birth of the record', () => {
    const history = readHistory(
      [entry({ seq: 9, field: 'name' }), entry({ seq: 1, field: '' })],
      'r1',
    );

    expect(lastWritten(history, 'name')).toBe(9);
    expect(lastWritten(history, 'nameJa')).toBe(1);
  });

  it('is unknown where neither is among the entries', () => {
    expect(lastWritten(readHistory([], 'r1'), 'name')).toBeUndefined();
  });
});
