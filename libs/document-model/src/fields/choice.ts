/** One of the declared options, also the state of a lifecycle. JSON form: the option's key. */
import type { ChoiceField, Option, StateField } from '../field.ts';
import { invalid, parsed, problem, type ValueProblem } from '../value-problem.ts';
import type { Codec } from './codec.ts';

type WithOptions = ChoiceField | StateField;

const codec: Codec<WithOptions> = {
  check: (field, value) =>
    typeof value === 'string' && Object.hasOwn(field.options, value) ? undefined : notOption(field),
  parse: (field, text) => {
    const key = optionFor(field.options, text);

    return key === undefined ? invalid(notOption(field)) : parsed(key);
  },
  format: (field, value, around) =>
    field.options[value as string]?.label[around.language] ?? (value as string),
  compare: (field, a, b) => {
    const keys = Object.keys(field.options);

    return keys.indexOf(a as string) - keys.indexOf(b as string);
  },
};

export const choiceCodec: Codec<ChoiceField> = codec;
export const stateCodec: Codec<StateField> = codec;

function optionFor(options: Readonly<Record<string, Option>>, text: string): string | undefined {
  const wanted = fold(text);

  return Object.entries(options).find(([key, { label }]) =>
    [key, label.en, label.ja].some((name) => fold(name) === wanted),
  )?.[0];
}

/** Width, case and outer space do not tell two names apart. */
export function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

function notOption(field: WithOptions): ValueProblem {
  const labels = Object.values(field.options).map((option) => option.label);

  return problem(
    'choice.option',
    `This must be one of: ${labels.map((label) => label.en).join(', ')}.`,
    `次のいずれかを選んでください: ${labels.map((label) => label.ja).join('、')}`,
  );
}
