/** The birth value of a record: the JSON object of its first field values, written once. */
import type { Value } from './field.ts';
import type { Register } from './register.ts';
import { problem, type ValueProblem } from './value-problem.ts';
import { checkValue } from './value.ts';

/** The largest birth value, as UTF-16 units of its JSON. */
export const largestBirth = 65_536;

export type Birth = Readonly<Record<string, Value>>;

export interface FieldProblem {
  /** Empty where the birth value as a whole is wrong. */
  readonly field: string;
  readonly problem: ValueProblem;
}

/** Why a value cannot be the birth of a record of this register. */
export function checkBirth(register: Register, value: unknown): FieldProblem | undefined {
  if (!isPlainObject(value)) return whole(notObject);
  for (const [field, given] of Object.entries(value)) {
    const declared = Object.hasOwn(register.fields, field) ? register.fields[field] : undefined;
    if (declared === undefined || declared.retired === true) return { field, problem: noSuchField };
    const found = checkValue(declared, given);
    if (found !== undefined) return { field, problem: found };
  }

  // Only now: what came in may hold values that are no JSON, which the fields have refused above.
  if (JSON.stringify(value).length > largestBirth) return whole(tooLarge);

  return missingField(register, value as Birth);
}

function isPlainObject(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value)
  );
}

function missingField(register: Register, birth: Birth): FieldProblem | undefined {
  for (const [field, declared] of Object.entries(register.fields)) {
    if (declared.required !== true || Object.hasOwn(birth, field)) continue;
    // A bilingual text may be born on either side; the other one shows it until someone translates it.
    const other = declared.kind === 'text' ? birth[declared.translation ?? ''] : undefined;
    if (other !== undefined && other !== null) continue;
    const found = checkValue(declared, null);
    if (found !== undefined) return { field, problem: found };
  }

  return undefined;
}

function whole(found: ValueProblem): FieldProblem {
  return { field: '', problem: found };
}

export const noSuchField = problem(
  'field.unknown',
  'There is no such field.',
  'この項目は存在しません。',
);

const notObject = problem(
  'birth.kind',
  'A new record is an object of its fields.',
  '新しい記録は項目のオブジェクトで指定します。',
);

const tooLarge = problem(
  'birth.too-large',
  'A new record is at most 64 KiB.',
  '新しい記録は64KiBまでです。',
);
