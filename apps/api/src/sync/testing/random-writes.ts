/** Writes as people make them in the projects `r0` to `r2`: values of any field that fits, and some that do not. */
import { findRegister, type Field, type Register } from '@lodestone/document-model';
import { birthOf, surroundings, valueOf } from '@lodestone/document-model/testing';
import fc from 'fast-check';

export interface Write {
  /** One of four clients. */
  readonly who: number;
  /** As if the author's screen had not been brought up to date since the beginning. */
  readonly isBlind: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

const register = findRegister('project') as Register;
const around = surroundings('en');

const known = fc.nat({ max: 2 }).map((index) => `r${String(index)}`);

const birth = fc
  .tuple(fc.nat({ max: 5 }), birthOf(register, around))
  .map(([index, fields]) => ({ [`new${String(index)}`]: { ...fields, parties: ['USA', 'JPN'] } }));

function cellOf([name, field]: readonly [string, Field]): fc.Arbitrary<Write['values']> {
  if (field.kind === 'set') {
    const element = valueOf(field.of, around) as fc.Arbitrary<string>;

    return fc
      .tuple(known, element, fc.boolean())
      .map(([record, one, present]) => ({ [`${record}/${name}/${one}`]: present }));
  }

  return fc.tuple(known, valueOf(field, around), fc.boolean()).map(([record, value, isEmpty]) => ({
    [`${record}/${name}`]: isEmpty && field.required !== true ? null : value,
  }));
}

// Who owns a record and where it is in its life would decide most of the other edits.
const open = Object.entries(register.fields).filter(
  ([name]) => name !== 'parties' && name !== register.lifecycle?.field,
);
const cell = fc.oneof(
  ...open.map((field) => cellOf(field)),
  // Where people meet.
  { weight: 12, arbitrary: fc.tuple(known, fc.string()).map(noteOf) },
);

function noteOf([record, text]: readonly [string, string]): Write['values'] {
  return { [`${record}/notes`]: `note ${text}`.replaceAll('\0', '') };
}

/** Few records and all fields, so that people meet in the same cells; several keys at once, and some that are refused. */
export const projectWrite: fc.Arbitrary<Write> = fc.record({
  who: fc.nat({ max: 3 }),
  isBlind: fc.boolean(),
  values: fc.oneof(
    { weight: 2, arbitrary: birth },
    { weight: 20, arbitrary: cell },
    { weight: 4, arbitrary: fc.tuple(cell, cell).map(([a, b]) => ({ ...a, ...b })) },
    { weight: 1, arbitrary: known.map((record) => ({ [`${record}/statusAsOf`]: 'no date' })) },
  ),
});
