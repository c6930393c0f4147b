/** Moments as people read them: short in their own zone, exact in the zones of both capitals. */
import type { Language } from '@lodestone/document-model';

export const capitals = { washington: 'America/New_York', tokyo: 'Asia/Tokyo' } as const;

interface Reading {
  readonly language: Language;
  /** The reader's zone. */
  readonly zone: string;
}

const minuteMs = 60_000;

/** The present moment is renewed once a minute, and clocks differ a little: so far ahead is still now. */
const aheadMinutes = 2;

/** Minutes ago within the hour; the time today; the date and time before that, with the year if it is another. */
export function shortMoment(at: Date, now: Date, reading: Reading): string {
  const minutes = Math.floor((now.getTime() - at.getTime()) / minuteMs);
  if (minutes >= -aheadMinutes && minutes < 60) {
    return new Intl.RelativeTimeFormat(localeOf(reading.language), { numeric: 'auto' }).format(
      -Math.max(0, minutes),
      'minute',
    );
  }

  return clockMoment(at, now, reading);
}

/** The time today; the date and time before that, with the year if it is another. */
export function clockMoment(at: Date, now: Date, reading: Reading): string {
  const [day, today] = [dayIn(reading.zone, at), dayIn(reading.zone, now)];
  const isSameYear = day.slice(0, 4) === today.slice(0, 4);

  return new Intl.DateTimeFormat(localeOf(reading.language), {
    timeZone: reading.zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(day !== today && { day: 'numeric', month: 'short' }),
    ...(!isSameYear && { year: 'numeric' }),
  }).format(at);
}

/** The exact moment in one zone, with the zone's name. */
export function exactMoment(at: Date, reading: Reading): string {
  return new Intl.DateTimeFormat(localeOf(reading.language), {
    timeZone: reading.zone,
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(at);
}

/** British order and spelling of the date: neither capital's readers take 3 April for 4 March. */
function localeOf(language: Language): string {
  return language === 'ja' ? 'ja-JP' : 'en-GB';
}

function dayIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(at);
}

/** The zone of this browser. */
export function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
