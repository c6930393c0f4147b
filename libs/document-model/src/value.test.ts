/** What people type, what is stored, and how values stand in order. */
import { describe, expect, it } from 'vitest';
import type { Field, Value } from './field.ts';
import { surroundings } from './testing/index.ts';
import { sampleFields } from './testing/sample-fields.ts';
import { checkValue, compareValues, formatValue, parseValue, sameValue } from './value.ts';

const en = surroundings('en');
const ja = surroundings('ja');
type Name = keyof typeof sampleFields;

const readings: readonly (readonly [Name, string, Value])[] = [
  ['text', '  Mountain Pass ', 'Mountain Pass'],
  ['text', 'マウンテン・パス', 'マウンテン・パス'],
  ['text', '   ', null],
  ['longText', ' first\r\nsecond\rthird\n', ' first\nsecond\nthird\n'],
  ['longText', ' \n ', null],
  ['number', '1,250.5', 1250.5],
  ['number', '１，２５０．５', 1250.5],
  ['number', '1 250 000', 1_250_000],
  ['number', '−3', -3],
  ['number', '－３', -3],
  ['number', 'ー３', -3],
  ['number', '+.5', 0.5],
  ['number', '-0', 0],
  ['number', '1.5e3', 1500],
  ['number', '60 d', 60],
  ['number', '６０ｄ', 60],
  ['count', '14', 14],
  ['quantity', '1,200', { amount: 1200, unit: 't' }],
  ['quantity', '1200 t/yr', { amount: 1200, unit: 't/yr' }],
  ['quantity', '4440t ndpr OXIDE/yr', { amount: 4440, unit: 't NdPr oxide/yr' }],
  ['quantity', '１２３　ｔ', { amount: 123, unit: 't' }],
  ['quantity', '5 mg/m³', { amount: 5, unit: 'mg/m³' }],
  ['quantity', '>95 %', { above: 95, unit: '%' }],
  ['quantity', '＞９５％', { above: 95, unit: '%' }],
  ['quantity', '< 25 %', { below: 25, unit: '%' }],
  ['quantity', '50–100', { from: 50, to: 100, unit: 't' }],
  ['quantity', '50-100 t/yr', { from: 50, to: 100, unit: 't/yr' }],
  ['quantity', '５０〜１００', { from: 50, to: 100, unit: 't' }],
  ['quantity', '５０～１００', { from: 50, to: 100, unit: 't' }],
  ['quantity', '５０ー１００', { from: 50, to: 100, unit: 't' }],
  ['quantity', '−20 – −10', { from: -20, to: -10, unit: 't' }],
  ['quantity', 'W', 'withheld'],
  ['quantity', 'Withheld', 'withheld'],
  ['quantity', '非開示', 'withheld'],
  ['quantity', 'NA', 'not-available'],
  ['quantity', 'n/a', 'not-available'],
  ['quantity', 'not available', 'not-available'],
  ['quantity', '不明', 'not-available'],
  ['quantity', '0', { amount: 0, unit: 't' }],
  ['money', 'USD 1,250.50', { minor: 125_050, currency: 'USD' }],
  ['money', '1250.5', { minor: 125_050, currency: 'USD' }],
  ['money', 'usd1250', { minor: 125_000, currency: 'USD' }],
  ['money', '39,000,000,000 JPY', { minor: 39_000_000_000, currency: 'JPY' }],
  ['money', 'ＪＰＹ　３９，０００', { minor: 39_000, currency: 'JPY' }],
  ['money', '−0.07', { minor: -7, currency: 'USD' }],
  ['date', '2027', '2027'],
  ['date', '２０２７年', '2027'],
  ['date', '2027-3', '2027-03'],
  ['date', '2027年3月', '2027-03'],
  ['date', '２０２７年３月３１日', '2027-03-31'],
  ['date', '2027/3/31', '2027-03-31'],
  ['date', '2027.03.31', '2027-03-31'],
  ['date', 'Q1 2027', '2027-Q1'],
  ['date', '2027q1', '2027-Q1'],
  ['date', '2027 Q4', '2027-Q4'],
  ['date', '2027年第1四半期', '2027-Q1'],
  ['date', 'h2-2027', '2027-H2'],
  ['date', '2027年上半期', '2027-H1'],
  ['date', '2027年下期', '2027-H2'],
  ['date', '2028-02-29', '2028-02-29'],
  ['choice', 'ramp-up', 'ramp_up'],
  ['choice', 'ramp_up', 'ramp_up'],
  ['choice', '立上げ', 'ramp_up'],
  ['choice', 'ＯＮ　ＨＯＬＤ', 'on_hold'],
  ['reference', 'dysprosium', 'dy'],
  ['reference', 'ジスプロシウム', 'dy'],
  ['reference', 'usa', 'USA'],
  ['set', 'Dysprosium; United States', ['USA', 'dy']],
  ['set', 'アメリカ合衆国、ジスプロシウム、dy', ['USA', 'dy']],
  ['set', 'dy\nUSA\n', ['USA', 'dy']],
  ['set', '"Lynas Rare Earths; heavy rare earths for Japan"; dy', ['dy', 'src-1']],
  ['set', ' ; ', null],
  ['optionSet', 'On hold；立上げ', ['on_hold', 'ramp_up']],
  ['boolean', 'Yes', true],
  ['boolean', 'はい', true],
  ['boolean', '○', true],
  ['boolean', '１', true],
  ['boolean', 'false', false],
  ['boolean', 'いいえ', false],
  ['url', ' https://example.org/a ', 'https://example.org/a'],
  ['point', '35.48, -115.53', { lat: 35.48, lon: -115.53 }],
  ['point', '３５．４８，−１１５．５３', { lat: 35.48, lon: -115.53 }],
  ['point', '-0 12', { lat: 0, lon: 12 }],
];

const refusals: readonly (readonly [Name, string, string])[] = [
  ['text', 'one\ntwo', 'text.one-line'],
  ['text', 'x'.repeat(16_385), 'text.too-long'],
  ['text', 'a\0b', 'text.characters'],
  ['longText', 'half a pair \ud83d', 'text.characters'],
  ['number', 'twelve', 'number.kind'],
  ['number', '1,5', 'number.kind'],
  ['number', '12,34,567', 'number.kind'],
  ['number', '1e999', 'number.kind'],
  ['number', '0x10', 'number.kind'],
  ['number', '60 t', 'number.kind'],
  ['share', '1.01', 'number.max'],
  ['share', '-0.01', 'number.min'],
  ['count', '1.5', 'number.integer'],
  ['quantity', 'lots', 'quantity.kind'],
  ['quantity', '5 kg', 'quantity.unit'],
  ['quantity', '>a lot', 'number.kind'],
  ['quantity', '>= 95', 'number.kind'],
  ['quantity', '100-50', 'quantity.band'],
  ['quantity', '5-5', 'quantity.band'],
  ['tons', 'W', 'quantity.form'],
  ['tons', '>5', 'quantity.form'],
  ['tons', '5-6', 'quantity.form'],
  ['tons', '-5', 'number.min'],
  ['money', 'GBP 5', 'money.currency'],
  ['money', '$5', 'money.kind'],
  ['money', 'USD', 'money.kind'],
  ['money', 'USD 0.001', 'money.minor'],
  ['money', 'USD 0.0000001', 'money.minor'],
  ['money', 'JPY 1.5', 'money.minor'],
  ['money', '1e15', 'money.kind'],
  ['date', '3/31/2027', 'date.kind'],
  ['date', '2027-13', 'date.kind'],
  ['date', '2027-00', 'date.kind'],
  ['date', '2027-04-31', 'date.kind'],
  ['date', '2027-06-31', 'date.kind'],
  ['date', '2027-09-31', 'date.kind'],
  ['date', '2027-11-31', 'date.kind'],
  ['date', '2027-01-32', 'date.kind'],
  ['date', '2027-02-29', 'date.kind'],
  ['date', '2100-02-29', 'date.kind'],
  ['date', '2027-Q5', 'date.kind'],
  ['date', '2027-H3', 'date.kind'],
  ['date', '2027年3日', 'date.kind'],
  ['date', '2026-Q4 (forecast)', 'date.kind'],
  ['choice', 'ramp', 'choice.option'],
  ['choice', 'constructor', 'choice.option'],
  ['reference', 'unobtainium', 'reference.unknown'],
  ['set', 'dy; unobtainium', 'reference.unknown'],
  ['optionSet', 'On hold; ramp', 'choice.option'],
  ['boolean', 'maybe', 'boolean.kind'],
  ['url', 'example.org', 'url.kind'],
  ['url', 'javascript:alert(1)', 'url.kind'],
  ['url', 'https://example.org/a b', 'url.kind'],
  ['point', '35.48', 'point.kind'],
  ['point', '91, 0', 'point.kind'],
  ['point', '0, 181', 'point.kind'],
  ['point', '1, 2, north', 'point.kind'],
];

/** Stored values that no screen of ours would send. */
const strangers: readonly (readonly [Name, unknown, string])[] = [
  ['text', 5, 'text.kind'],
  ['text', undefined, 'text.kind'],
  ['number', '5', 'number.kind'],
  ['number', Number.NaN, 'number.kind'],
  ['number', Infinity, 'number.kind'],
  ['number', -0, 'number.kind'],
  ['quantity', 5, 'quantity.kind'],
  ['quantity', 'secret', 'quantity.kind'],
  ['quantity', {}, 'quantity.unit'],
  ['quantity', { unit: 't' }, 'quantity.kind'],
  ['quantity', { amount: 5, unit: 'kg' }, 'quantity.unit'],
  ['quantity', { amount: '5', unit: 't' }, 'quantity.kind'],
  ['quantity', { amount: 5, above: 5, unit: 't' }, 'quantity.kind'],
  ['quantity', { amount: 5, unit: 't', note: 5 }, 'quantity.kind'],
  ['quantity', { from: 5, unit: 't' }, 'quantity.kind'],
  ['money', { minor: 0.5, currency: 'USD' }, 'money.kind'],
  ['money', { minor: 2 ** 53, currency: 'USD' }, 'money.kind'],
  ['money', { minor: -0, currency: 'USD' }, 'money.kind'],
  ['money', { minor: 5, currency: 'XXX' }, 'money.currency'],
  ['money', { minor: 5, currency: 'USD', rate: 1 }, 'money.kind'],
  ['date', '2027-3', 'date.kind'],
  ['date', '2027-Q1\n', 'date.kind'],
  ['date', 2027, 'date.kind'],
  ['choice', 'toString', 'choice.option'],
  ['state', 'Ramp-up', 'choice.option'],
  ['reference', 'a/b', 'reference.form'],
  ['reference', '', 'reference.form'],
  ['reference', 'x'.repeat(65), 'reference.form'],
  ['set', 'dy', 'set.kind'],
  ['set', ['dy', 'dy'], 'set.kind'],
  ['set', ['d y'], 'reference.form'],
  ['set', Array.from({ length: 257 }, (_, index) => `m${String(index)}`), 'set.too-large'],
  ['optionSet', ['ramp_up', 'ramp'], 'choice.option'],
  ['boolean', 1, 'boolean.kind'],
  ['url', `https://${'x'.repeat(2001)}`, 'url.kind'],
  ['url', 'https://a\0b.org', 'url.kind'],
  ['point', { lat: 1 }, 'point.kind'],
  ['point', { lat: 1, lon: 2, alt: 3 }, 'point.kind'],
  ['point', [1, 2], 'point.kind'],
];

describe('parseValue', () => {
  it.each(readings)('[DM7] reads in %s the text "%s"', (field, text, value) => {
    for (const around of [en, ja]) {
      expect(parseValue(sampleFields[field], text, around)).toEqual({ status: 'parsed', value });
    }
  });

  it.each(refusals)('[DM8] refuses in %s the text "%s" as %s', (field, text, code) => {
    const read = parseValue(sampleFields[field], text, en);

    if (read.status === 'parsed') throw new Error(`read as ${JSON.stringify(read.value)}`);
    expect(read.problem.code).toBe(code);
    expect(read.problem.message.en).toMatch(/^[A-Z“].*\.$/);
    expect(read.problem.message.ja).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });
});

describe('checkValue', () => {
  it.each(strangers)('[DM9] refuses in %s the stored value %j as %s', (field, value, code) => {
    expect(checkValue(sampleFields[field], value)?.code).toBe(code);
  });

  it.each(Object.entries(sampleFields))(
    '[DM10] an empty %s is refused only where it is required',
    (_name, field) => {
      expect(checkValue(field, null)).toBeUndefined();
      expect(parseValue(field, '', en)).toEqual({ status: 'parsed', value: null });

      const required: Field = { ...field, required: true };
      expect(checkValue(required, null)?.code).toBe('value.required');
      expect(parseValue(required, ' \n', en)).toMatchObject({
        status: 'invalid',
        problem: { code: 'value.required' },
      });
    },
  );

  it('[DM10] blank text and an empty set are empty too', () => {
    expect(checkValue({ ...sampleFields.text, required: true }, '　')?.code).toBe('value.required');
    expect(checkValue({ ...sampleFields.set, required: true }, [])?.code).toBe('value.required');
    expect(checkValue(sampleFields.set, [])).toBeUndefined();
  });
});

describe('formatValue', () => {
  it.each([
    ['number', 1234567.891, '1,234,567.891', '1,234,567.891'],
    ['quantity', { amount: 51000, unit: 't/yr' }, '51,000 t/yr', '51,000 t/yr'],
    ['quantity', { above: 95, unit: '%' }, '>95 %', '>95 %'],
    ['quantity', { from: 50, to: 100, unit: 't' }, '50–100 t', '50–100 t'],
    ['quantity', 'withheld', 'withheld', '非開示'],
    ['quantity', 'not-available', 'not available', '不明'],
    ['money', { minor: 125_050, currency: 'USD' }, 'USD 1,250.50', 'USD 1,250.50'],
    ['money', { minor: 39_000, currency: 'JPY' }, 'JPY 39,000', 'JPY 39,000'],
    ['choice', 'ramp_up', 'Ramp-up', '立上げ'],
    ['boolean', true, 'yes', 'はい'],
    ['reference', 'dy', 'Dysprosium', 'ジスプロシウム'],
    ['reference', 'hidden', 'not available', '表示できません'],
    ['set', ['USA', 'dy'], 'United States; Dysprosium', 'アメリカ合衆国; ジスプロシウム'],
    ['date', '2027-Q1', '2027-Q1', '2027-Q1'],
    ['point', { lat: 35.48, lon: -115.53 }, '35.48, -115.53', '35.48, -115.53'],
    ['text', null, '', ''],
  ] as const)('[DM11] writes %s %j in both languages', (field, value, english, japanese) => {
    expect(formatValue(sampleFields[field], value, en)).toBe(english);
    expect(formatValue(sampleFields[field], value, ja)).toBe(japanese);
  });
});

describe('compareValues', () => {
  it.each<readonly [Name, readonly Value[]]>([
    ['text', ['lot 2', 'lot 10', 'Vulcan', null]],
    [
      'date',
      [
        '2026-12-31',
        '2027',
        '2027-H1',
        '2027-Q1',
        '2027-01',
        '2027-01-01',
        '2027-Q2',
        '2027-H2',
        null,
      ],
    ],
    ['choice', ['ramp_up', 'on_hold', null]],
    [
      'quantity',
      [
        'withheld',
        'not-available',
        { amount: -5, unit: 't' },
        { from: 1, to: 3, unit: 't' },
        { above: 95, unit: 't' },
        null,
      ],
    ],
    ['boolean', [false, true, null]],
    ['reference', ['dy', 'ndpr', 'USA', null]],
  ])('[DM12] orders values of %s as people expect', (field, ordered) => {
    const shuffled = ordered.toReversed();

    const sorted = shuffled.toSorted((a, b) => compareValues(sampleFields[field], a, b, en));

    expect(sorted).toEqual(ordered);
  });
});

describe('sameValue', () => {
  it('[DM13] compares as JSON: the order of keys says nothing, the order of elements does', () => {
    expect(sameValue({ amount: 5, unit: 't' }, { unit: 't', amount: 5 })).toBe(true);
    expect(sameValue({ amount: 5, unit: 't' }, { amount: 5 })).toBe(false);
    expect(sameValue(['a', 'b'], ['b', 'a'])).toBe(false);
    expect(sameValue(['a'], { 0: 'a' })).toBe(false);
    expect(sameValue(null, {})).toBe(false);
    expect(sameValue('5', 5)).toBe(false);
  });
});
