/** Edits as people make them: valid values in cells of records that their copy of the document holds. */
import { formatCellKey, type RecordId, type Value } from '@lodestone/document-model';
import fc from 'fast-check';
import type * as Y from 'yjs';

/** One write; `record` picks one of those that the writer's copy holds. */
export type Write =
  | { readonly act: 'create'; readonly birth: Record<string, Value> }
  | { readonly act: 'set'; readonly record: number; readonly cell: Cell }
  | {
      readonly act: 'element';
      readonly record: number;
      readonly in: Element;
      readonly present: boolean;
    };

interface Cell {
  readonly field: string;
  readonly value: Value;
}

interface Element {
  readonly field: string;
  readonly element: string;
}

const text = fc.constantFrom(
  '',
  'a',
  'the plant is built',
  '重希土類',
  '🧲 magnet',
  'x'.repeat(300),
);
const number = fc.oneof(
  fc.nat(),
  fc.double({ min: 0, max: 1e9, noNaN: true }).map((x) => x + 0),
);
const parties = fc.constantFrom('USA', 'JPN', 'AUS');

const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.record({ field: fc.constant('name'), value: fc.constantFrom('One', 'Two', '三') }),
  fc.record({ field: fc.constant('notes'), value: fc.option(text) }),
  fc.record({ field: fc.constant('days'), value: fc.option(number) }),
  fc.record({ field: fc.constant('active'), value: fc.option(fc.boolean()) }),
  fc.record({ field: fc.constant('archived'), value: fc.boolean() }),
  fc.record({
    field: fc.constant('stock'),
    value: fc.oneof(
      fc.constant('withheld' as const),
      number.map((amount) => ({ amount, unit: 't' })),
    ),
  }),
  fc.record({ field: fc.constant('place'), value: fc.constant({ lat: 35.48, lon: -115.53 }) }),
);

const element: fc.Arbitrary<Element> = fc.oneof(
  fc.record({ field: fc.constant('tags'), element: fc.constantFrom('light', 'heavy') }),
  fc.record({ field: fc.constant('parties'), element: parties }),
  fc.record({ field: fc.constant('sources'), element: fc.constantFrom('s1', 's2', 's3', 's4') }),
);

const birth = fc.record(
  {
    name: fc.constantFrom('R', '新'),
    notes: text,
    days: fc.option(number),
    tags: fc.subarray(['light', 'heavy']),
    parties: fc.uniqueArray(parties),
    symbol: fc.constant('Dy'),
    state: fc.constantFrom('planned', 'built'),
  },
  { requiredKeys: ['name'], noNullPrototype: true },
) as fc.Arbitrary<Record<string, Value>>;

/** A small number of records and fields, so that people meet in the same cells. */
export const write: fc.Arbitrary<Write> = fc.oneof(
  { weight: 1, arbitrary: fc.record({ act: fc.constant('create' as const), birth }) },
  { weight: 6, arbitrary: fc.record({ act: fc.constant('set' as const), record: fc.nat(), cell }) },
  {
    weight: 3,
    arbitrary: fc.record({
      act: fc.constant('element' as const),
      record: fc.nat(),
      in: element,
      present: fc.boolean(),
    }),
  },
);

/** @param newId gives an id that nobody else gives. */
export function perform(cells: Y.Map<unknown>, write: Write, newId: () => string): void {
  if (write.act === 'create') {
    cells.set(newId(), write.birth);

    return;
  }
  const born = [...cells.keys()].filter((key) => !key.includes('/')).sort();
  const record = born[write.record % born.length] as RecordId;
  if (write.act === 'set') cells.set(formatCellKey(record, write.cell.field), write.cell.value);
  else cells.set(formatCellKey(record, write.in.field, write.in.element), write.present);
}
