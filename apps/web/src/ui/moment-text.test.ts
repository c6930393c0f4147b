/** Moments in the reader's zone and in both capitals, across midnight, year and summer time. */
import { describe, expect, it } from 'vitest';
import { capitals, exactMoment, shortMoment } from './moment-text.ts';

const tokyo = { language: 'en', zone: capitals.tokyo } as const;
const now = new Date('2026-11-23T05:32:00Z');

describe('shortMoment', () => {
  it('counts minutes within the hour', () => {
    expect(shortMoment(new Date('2026-11-23T05:27:10Z'), now, tokyo)).toBe('4 minutes ago');
    expect(shortMoment(new Date('2026-11-23T05:27:10Z'), now, { ...tokyo, language: 'ja' })).toBe(
      '4 分前',
    );
  });

  it('is a time on the same day of the reader', () => {
    expect(shortMoment(new Date('2026-11-22T15:05:00Z'), now, tokyo)).toBe('00:05');
  });

  it('has the date on another day of the reader', () => {
    const at = new Date('2026-11-22T14:55:00Z');

    expect(shortMoment(at, now, tokyo)).toBe('22 Nov, 23:55');
    expect(shortMoment(at, now, { ...tokyo, language: 'ja' })).toBe('11月22日 23:55');
  });

  it('has the year in another year of the reader', () => {
    expect(shortMoment(new Date('2025-12-31T14:59:00Z'), now, tokyo)).toBe('31 Dec 2025, 23:59');
    expect(shortMoment(new Date('2025-12-31T15:00:00Z'), now, tokyo)).toBe('1 Jan, 00:00');
  });

  it('calls a clock that runs a little ahead the present minute', () => {
    expect(shortMoment(new Date('2026-11-23T05:33:00Z'), now, tokyo)).toBe('this minute');
    expect(shortMoment(new Date('2026-11-23T05:36:00Z'), now, tokyo)).toBe('14:36');
  });
});

describe('exactMoment', () => {
  it('is the same moment in both capitals', () => {
    const at = new Date('2026-11-23T05:32:07Z');

    expect(exactMoment(at, tokyo)).toBe('23 Nov 2026, 14:32:07 GMT+9');
    expect(exactMoment(at, { language: 'en', zone: capitals.washington })).toBe(
      '23 Nov 2026, 00:32:07 GMT-5',
    );
  });

  it('knows the summer time of Washington', () => {
    const at = new Date('2026-07-01T12:00:00Z');

    expect(exactMoment(at, { language: 'ja', zone: capitals.washington })).toBe(
      '2026年7月1日 08:00:00 GMT-4',
    );
  });
});
