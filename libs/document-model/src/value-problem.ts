/** Why a value does not fit its field, in words for the person who typed it. */
import type { Value } from './field.ts';
import type { Words } from './words.ts';

export interface ValueProblem {
  readonly code: string;
  readonly message: Words;
}

export type Parsed =
  | { readonly status: 'parsed'; readonly value: Value }
  | { readonly status: 'invalid'; readonly problem: ValueProblem };

export function problem(code: string, en: string, ja: string): ValueProblem {
  return { code, message: { en, ja } };
}

export function parsed(value: Value): Parsed {
  return { status: 'parsed', value };
}

export function invalid(problemFound: ValueProblem): Parsed {
  return { status: 'invalid', problem: problemFound };
}
