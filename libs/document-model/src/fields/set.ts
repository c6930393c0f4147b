/**
 * A set of references or options. JSON form at birth: an array of elements, none twice; afterwards every element is
 * a cell of its own (`true` or `false`). Typed: titles with semicolons between them; a title that holds a separator
 * stands in quotation marks, as in a CSV file.
 */
import type { SetField } from '../field.ts';
import { invalid, parsed, problem, type Parsed, type ValueProblem } from '../value-problem.ts';
import { choiceCodec } from './choice.ts';
import type { Codec, Surroundings } from './codec.ts';
import { collatorFor } from './collation.ts';
import { referenceCodec } from './reference.ts';

/** The most elements a set may have. */
export const largestSet = 256;

export const setCodec: Codec<SetField> = {
  check: (field, value) => {
    if (!Array.isArray(value) || new Set(value).size !== value.length) return notSet;
    if (value.length > largestSet) return tooLarge;
    for (const element of value) {
      const found = checkElement(field, element);
      if (found !== undefined) return found;
    }

    return undefined;
  },
  parse: (field, text, around) => {
    const elements = new Set<string>();
    for (const part of splitTitles(text)) {
      const element = parseElement(field, part, around);
      if (element.status === 'invalid') return element;
      elements.add(element.value as string);
    }
    if (elements.size > largestSet) return invalid(tooLarge);

    return parsed([...elements].sort());
  },
  format: (field, value, around) =>
    (value as readonly string[])
      .map((element) => quoted(formatElement(field, element, around)))
      .join('; '),
  compare: (field, a, b, around) =>
    collatorFor(around.language).compare(
      setCodec.format(field, a, around),
      setCodec.format(field, b, around),
    ),
};

/** Why an element cannot stand in the set. */
export function checkElement(field: SetField, element: unknown): ValueProblem | undefined {
  return field.of.kind === 'choice'
    ? choiceCodec.check(field.of, element)
    : referenceCodec.check(field.of, element);
}

export function formatElement(field: SetField, element: string, around: Surroundings): string {
  return field.of.kind === 'choice'
    ? choiceCodec.format(field.of, element, around)
    : referenceCodec.format(field.of, element, around);
}

function quoted(title: string): string {
  return /[;；、\n"]/.test(title) ? `"${title.replaceAll('"', '""')}"` : title;
}

/** The titles of a typed list. A quotation mark counts only at the beginning of a title and up to its partner. */
function splitTitles(text: string): readonly string[] {
  const parts = text.matchAll(/\s*"((?:[^"]|"")*)"\s*(?=[;；、\n]|$)|[^;；、\n]+/g);
  const titles = [...parts].map(([part, inside]) => inside?.replaceAll('""', '"') ?? part);

  return titles.map((title) => title.trim()).filter((title) => title !== '');
}

function parseElement(field: SetField, text: string, around: Surroundings): Parsed {
  return field.of.kind === 'choice'
    ? choiceCodec.parse(field.of, text, around)
    : referenceCodec.parse(field.of, text, around);
}

const notSet = problem(
  'set.kind',
  'This must be a list without repetitions.',
  '重複のない一覧にしてください。',
);

const tooLarge = problem(
  'set.too-large',
  'A set has at most 256 elements.',
  '要素は256個までです。',
);
