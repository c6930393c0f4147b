/** Text: one line or many. JSON form: a string. */
import type { TextField } from '../field.ts';
import { invalid, parsed, problem, type ValueProblem } from '../value-problem.ts';
import type { Codec } from './codec.ts';
import { collatorFor } from './collation.ts';

/** The longest text of a cell, in UTF-16 units. */
export const longestText = 16_384;

export const textCodec: Codec<TextField> = {
  check: (field, value) => (typeof value === 'string' ? checkText(field, value) : notText),
  parse: (field, text) => {
    const value = text.replace(/\r\n?/g, '\n');
    const found = checkText(field, value);

    return found === undefined ? parsed(value) : invalid(found);
  },
  format: (_field, value) => value as string,
  compare: (_field, a, b, around) => collatorFor(around.language).compare(a as string, b as string),
};

const notText = problem('text.kind', 'This must be a text.', '文字列を入力してください。');

function checkText(field: TextField, text: string): ValueProblem | undefined {
  if (text.length > longestText) {
    return problem(
      'text.too-long',
      `A text has at most 16,384 characters; this one has ${String(text.length)}.`,
      `文字列は16,384文字までです(現在${String(text.length)}文字)。`,
    );
  }
  if (!isStorable(text)) {
    return problem(
      'text.characters',
      'The text contains a character that cannot be stored.',
      '保存できない文字が含まれています。',
    );
  }
  if (field.lines === 'one' && /[\n\r]/.test(text)) {
    return problem('text.one-line', 'This text has one line only.', 'この項目は1行のみです。');
  }

  return undefined;
}

/** PostgreSQL stores neither U+0000 nor half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && !/\p{Surrogate}/u.test(text);
}
