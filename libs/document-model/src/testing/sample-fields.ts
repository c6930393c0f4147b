/** One field of every kind, and more where an option changes what the kind takes. */
import type { Field, FieldKind } from '../field.ts';
import { option } from '../register.ts';

const label = { en: 'Field', ja: '項目' };
const options = {
  ramp_up: option('Ramp-up', '立上げ'),
  on_hold: option('On hold', '保留'),
  other: option('Other; "various"', 'その他、諸々'),
};

const everyKind = {
  text: { kind: 'text', label, lines: 'one' },
  number: { kind: 'number', label, unit: 'd' },
  quantity: {
    kind: 'quantity',
    label,
    units: ['t', 't NdPr oxide/yr', 't/yr', '%', 'm³', 'mg/m³'],
    allows: ['withheld', 'not-available', 'bound', 'band'],
  },
  money: { kind: 'money', label, currencies: ['USD', 'JPY', 'EUR', 'KRW'] },
  date: { kind: 'date', label },
  choice: { kind: 'choice', label, options },
  state: { kind: 'state', label, options },
  reference: { kind: 'reference', label, register: 'material' },
  set: { kind: 'set', label, of: { kind: 'reference', label, register: 'material' } },
  boolean: { kind: 'boolean', label },
  url: { kind: 'url', label },
  point: { kind: 'point', label },
} as const satisfies { [K in FieldKind]: Extract<Field, { kind: K }> };

export const sampleFields = {
  ...everyKind,
  longText: { kind: 'text', label, lines: 'many' },
  share: { kind: 'number', label, min: 0, max: 1 },
  count: { kind: 'number', label, integer: true, min: 0 },
  tons: { kind: 'quantity', label, units: ['t'], min: 0, allows: [] },
  optionSet: { kind: 'set', label, of: { kind: 'choice', label, options } },
} as const satisfies Record<string, Field>;
