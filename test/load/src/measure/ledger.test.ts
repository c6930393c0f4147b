/** What was seen, what is missing, and how long it took, also where a merged update hides values behind later ones. */
import { describe, expect, it } from 'vitest';
import { Ledger, Sightings } from './ledger.ts';

function writing(values: number): { ledger: Ledger; writer: number; sightings: Sightings } {
  const ledger = new Ledger();
  const writer = ledger.addWriter();
  ledger.open();
  for (let value = 0; value < values; value++) ledger.make(writer);

  return { ledger, writer, sightings: new Sightings(ledger) };
}

describe('Sightings', () => {
  it('count overwritten values as seen with the one that overwrote them', () => {
    const { writer, sightings, ledger } = writing(3);

    sightings.note(writer, 2, ledger.madeAt(writer, 0) + 100);

    expect(sightings.arrived).toBe(3);
    expect(sightings.latencies).toHaveLength(3);
    expect(sightings.latencies[0]).toBeCloseTo(100, 6);
    expect(sightings.missing([writer])).toBe(0);
  });

  it('miss what has not come', () => {
    const { writer, sightings } = writing(3);

    sightings.note(writer, 0, performance.now());

    expect(sightings.missing([writer])).toBe(2);
  });

  it('count what comes twice once', () => {
    const { writer, sightings } = writing(2);

    for (const number of [1, 0, 1]) sightings.note(writer, number, performance.now());

    expect(sightings.arrived).toBe(2);
    expect(sightings.latencies).toHaveLength(2);
  });

  it('time only what was made in the measured time, and count all that arrived in it', () => {
    const { ledger, writer, sightings } = writing(2);
    sightings.note(writer, 0, performance.now());
    ledger.open();
    sightings.open();
    ledger.make(writer);

    sightings.note(writer, 2, performance.now());

    expect(sightings.arrived).toBe(2);
    expect(sightings.latencies).toHaveLength(1);
    expect(ledger.measured).toBe(1);
  });
});
