/** The page that others write their clients against says what the code says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { syncEvents, syncNamespace } from './answers.ts';
import { rejectionCodes } from './codes.ts';
import { largestMessage, largestUpdate, protocolVersion } from './messages.ts';
import { rates } from './rates.ts';
import { rejectionWords } from './rejection-words.ts';

const page = readFileSync(new URL('../PROTOCOL.md', import.meta.url), 'utf8');

describe('PROTOCOL.md', () => {
  it('[SP5] has a row for every code, and for no other', () => {
    const codes = page.slice(page.indexOf('\n## Codes\n'));
    const rows = [...codes.matchAll(/^\| `([a-z.-]+)` +\|/gm)].map((match) => match[1]);

    expect(rows).toEqual([...rejectionCodes]);
  });

  it('[SP5] has a line for every event', () => {
    const lines = [...page.matchAll(/^([a-z]+) +\{ document/gm)].map((match) => match[1]);

    expect(new Set(lines)).toEqual(new Set(Object.values(syncEvents)));
  });

  it('[SP5] names every rate as it is', () => {
    const rows = [...page.matchAll(/^\| `([a-zA-Z]+)` +\| (\d+) +\| (\d+) +\|/gm)].map(
      ([, what, perSecond, burst]) => [
        what,
        { perSecond: Number(perSecond), burst: Number(burst) },
      ],
    );

    expect(Object.fromEntries(rows)).toEqual(rates);
  });

  it('[SP5] names the version, the namespace and the limits', () => {
    expect(page).toContain(`version ${String(protocolVersion)}`);
    expect(page).toContain(`\`${syncNamespace}\``);
    expect(page).toContain(`at most ${String(largestUpdate)} bytes`);
    expect(page).toContain(`above ${String(largestMessage)} bytes`);
  });
});

describe('the words of the codes', () => {
  it('[SP3] are whole sentences in both languages, each code its own', () => {
    const words = Object.values(rejectionWords);

    expect(Object.keys(rejectionWords).toSorted()).toEqual([...rejectionCodes].toSorted());
    expect(new Set(words.map(({ en }) => en)).size).toBe(words.length);
    expect(new Set(words.map(({ ja }) => ja)).size).toBe(words.length);
    for (const { en, ja } of words) {
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(ja).toMatch(/^[^A-Za-z]+。$/);
    }
  });
});
