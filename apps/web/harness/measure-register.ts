/** A register that exists only here: one field of each kind that the pipeline does not use. */
import type { Field, Register, RegisterName } from '@lodestone/document-model';

const fields: Readonly<Record<string, Field>> = {
  title: {
    kind: 'text',
    lines: 'one',
    label: { en: 'Measure', ja: '指標' },
    required: true,
    width: 220,
  },
  amount: {
    kind: 'number',
    label: { en: 'Gap', ja: '不足' },
    unit: 't',
    width: 100,
  },
  quantity: {
    kind: 'quantity',
    label: { en: 'Capacity', ja: '生産能力' },
    units: ['t/yr', 'kg/yr'],
    min: 0,
    allows: ['withheld', 'not-available', 'bound', 'band'],
  },
  cost: { kind: 'money', label: { en: 'Cost', ja: '費用' }, currencies: ['USD', 'JPY'] },
  due: { kind: 'date', label: { en: 'Due', ja: '期日' } },
  done: { kind: 'boolean', label: { en: 'Done', ja: '完了' } },
  link: { kind: 'url', label: { en: 'Address', ja: 'URL' } },
  spot: { kind: 'point', label: { en: 'Place', ja: '位置' } },
  archived: { kind: 'boolean', label: { en: 'Archived', ja: '保管済み' }, aside: true },
};

export const measureRegister: Register = {
  name: 'measure' as RegisterName,
  version: 1,
  label: { en: 'Measures', ja: '指標' },
  singular: { en: 'measure', ja: '指標' },
  purpose: { en: 'What is measured.', ja: '測定する指標です。' },
  title: 'title',
  keys: [],
  owners: [],
  editing: 'any-editor',
  sort: [{ field: 'title' }],
  fields,
};
