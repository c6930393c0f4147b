/** A reference to a record of another register. JSON form: the record's id, whose existence is never checked. */
import type { ReferenceField } from '../field.ts';
import { isRecordId } from '../ids.ts';
import { invalid, parsed, problem } from '../value-problem.ts';
import type { Words } from '../words.ts';
import type { Codec } from './codec.ts';
import { collatorFor } from './collation.ts';

/** What a reader sees for a record he cannot resolve, hidden and missing alike. */
export const notAvailable: Words = { en: 'not available', ja: '表示できません' };

export const referenceCodec: Codec<ReferenceField> = {
  check: (_field, value) => (isRecordId(value) ? undefined : notReference),
  parse: (field, text, around) => {
    const record = around.recordFor(field.register, text);

    return record === undefined ? invalid(notFound(text)) : parsed(record);
  },
  format: (field, value, around) =>
    around.titleOf(field.register, value as string) ?? notAvailable[around.language],
  compare: (field, a, b, around) =>
    collatorFor(around.language).compare(
      around.titleOf(field.register, a as string) ?? '',
      around.titleOf(field.register, b as string) ?? '',
    ),
};

const notReference = problem(
  'reference.form',
  'This must be a reference to a record.',
  '記録への参照を指定してください。',
);

function notFound(text: string) {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;

  return problem(
    'reference.unknown',
    `Nothing here is called “${shown}”. Choose from the list.`,
    `「${shown}」は見つかりません。一覧から選んでください。`,
  );
}
