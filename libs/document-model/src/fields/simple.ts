/** Yes or no, web addresses, and points on the map. */
import type { BooleanField, Point, PointField, UrlField } from '../field.ts';
import { invalid, parsed, problem } from '../value-problem.ts';
import { fold } from './choice.ts';
import type { Codec } from './codec.ts';
import { isFiniteNumber } from './number.ts';
import { parseNumber } from './numbers.ts';
import { isStorable } from './text.ts';

export const yesAndNo = { yes: { en: 'yes', ja: 'はい' }, no: { en: 'no', ja: 'いいえ' } } as const;

/** JSON form: `true` or `false`. */
export const booleanCodec: Codec<BooleanField> = {
  check: (_field, value) => (typeof value === 'boolean' ? undefined : notBoolean),
  parse: (_field, text) => {
    const word = fold(text);
    if (['yes', 'y', 'true', '1', 'はい', '✓', '○', '〇'].includes(word)) return parsed(true);
    if (['no', 'n', 'false', '0', 'いいえ', '×'].includes(word)) return parsed(false);

    return invalid(notBoolean);
  },
  format: (_field, value, around) => yesAndNo[value === true ? 'yes' : 'no'][around.language],
  compare: (_field, a, b) => Number(a) - Number(b),
};

/** JSON form: a string that begins with http:// or https:// and holds no white space. */
export const urlCodec: Codec<UrlField> = {
  check: (_field, value) => (isWebAddress(value) ? undefined : notUrl),
  parse: (_field, text) => (isWebAddress(text) ? parsed(text) : invalid(notUrl)),
  format: (_field, value) => value as string,
  compare: (_field, a, b) => (a < b ? -1 : a > b ? 1 : 0),
};

/** JSON form: `{lat, lon}` in degrees (WGS 84). Typed: `35.48, -115.53`. */
export const pointCodec: Codec<PointField> = {
  check: (_field, value) => (isPoint(value) ? undefined : notPoint),
  parse: (_field, text) => {
    const [lat = '', lon = '', ...more] = text.normalize('NFKC').split(/[,;、\s]+/);
    const point = { lat: parseNumber(lat), lon: parseNumber(lon) };

    return more.length === 0 && isPoint(point) ? parsed(point) : invalid(notPoint);
  },
  format: (_field, value) => {
    const { lat, lon } = value as Point;

    return `${String(lat)}, ${String(lon)}`;
  },
  compare: (_field, a, b) =>
    (a as Point).lat - (b as Point).lat || (a as Point).lon - (b as Point).lon,
};

function isWebAddress(value: unknown): value is string {
  return typeof value === 'string' && /^https?:\/\/[^\s]{3,2000}$/.test(value) && isStorable(value);
}

function isPoint(value: unknown): value is Point {
  if (typeof value !== 'object' || value === null) return false;
  const { lat, lon, ...more } = value as Record<string, unknown>;
  if (Object.keys(more).length > 0 || !isFiniteNumber(lat) || !isFiniteNumber(lon)) return false;

  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
}

const notBoolean = problem(
  'boolean.kind',
  'This must be yes or no.',
  '「はい」か「いいえ」を入力してください。',
);

const notUrl = problem(
  'url.kind',
  'This must be a web address that begins with https:// or http://.',
  'https:// または http:// で始まるURLを入力してください。',
);

const notPoint = problem(
  'point.kind',
  'This must be latitude and longitude in degrees, for example 35.48, -115.53.',
  '緯度と経度を度で入力してください(例: 35.48, -115.53)。',
);
