/** Names of documents and keys of cells. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCellKey, longestKey, parseCellKey, type CellKey } from './cell-key.ts';
import {
  formatDocumentName,
  isCompartmentId,
  isPartyCode,
  isRecordId,
  parseDocumentName,
  type CompartmentId,
  type RecordId,
  type RegisterName,
} from './ids.ts';

const record = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/).map((id) => id as RecordId);
const field = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,60}$/);
const element = fc.stringMatching(/^[A-Za-z0-9_-]{1,64}$/);
const keys: fc.Arbitrary<CellKey> = fc.oneof(
  fc.record({ part: fc.constant('birth' as const), record }),
  fc.record({ part: fc.constant('cell' as const), record, field }),
  fc.record({ part: fc.constant('element' as const), record, field, element }),
);

describe('keys', () => {
  it('[DM31] what is written as a key reads back as the same cell, within the longest key', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const written = formatCellKey(
          key.record,
          key.part === 'birth' ? undefined : key.field,
          key.part === 'element' ? key.element : undefined,
        );

        expect(parseCellKey(written)).toEqual(key);
        expect(written.length).toBeLessThanOrEqual(longestKey);
      }),
    );
  });

  it.each([
    '',
    '/',
    'a/',
    '/name',
    'a/name/',
    'a//x',
    'a b',
    'a/name/x/y',
    'é',
    `${'x'.repeat(65)}/name`,
  ])('[DM31] "%s" is no key', (key) => {
    expect(parseCellKey(key)).toBeUndefined();
  });
});

describe('ids', () => {
  it('[DM32] a document is named by its compartment and its register', () => {
    const name = formatDocumentName('allied' as CompartmentId, 'capacity-line' as RegisterName);

    expect(name).toBe('allied/capacity-line');
    expect(parseDocumentName(name)).toEqual({ compartment: 'allied', register: 'capacity-line' });
  });

  it.each([
    '',
    'allied',
    'allied/',
    '/project',
    'allied/project/x',
    'Allied/project',
    'allied/pro ject',
    '../project',
  ])('[DM32] "%s" names no document', (name) => {
    expect(parseDocumentName(name)).toBeUndefined();
  });

  it('[DM32] ids are judged by their form alone', () => {
    expect([isRecordId('mountain-pass'), isRecordId('a/b'), isRecordId(5)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isPartyCode('USA'), isPartyCode('usa'), isPartyCode(null)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([isCompartmentId('public'), isCompartmentId('Public'), isCompartmentId('')]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
