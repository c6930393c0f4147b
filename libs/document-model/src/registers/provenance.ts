/** The fields that say where a record's figures come from; the same in every register that states facts. */
import type { Field } from '../field.ts';
import { option } from '../register.ts';

/** How far a figure can be trusted, in the words of the field. */
const confidenceOptions = {
  published: option('Published', '公表', 6),
  approximate: option('Approximate', '概算', 3),
  illustrative: option('Illustrative', '例示', 4),
};

export const provenance = {
  sources: {
    kind: 'set',
    label: { en: 'Sources', ja: '出典' },
    of: { kind: 'reference', label: { en: 'Source', ja: '出典' }, register: 'source' },
    width: 220,
  },
  confidence: {
    kind: 'choice',
    label: { en: 'Confidence', ja: '確度' },
    hint: {
      en: 'Published: a named source gives the figure. Approximate: secondary, rounded or derived. Illustrative: invented.',
      ja: '公表: 出典が数値を示す。概算: 二次情報・丸め・推計。例示: 架空。',
    },
    options: confidenceOptions,
    width: 112,
  },
} as const satisfies Record<string, Field>;
