/** `npm run fuzz`: attacks one document after the other, each from a seed of its own, until the time is over. */
import { attackDocument, mustMeet, startTally } from './hostile-run.ts';

export interface FuzzOptions {
  /** Of the first document; the next ones count up. */
  readonly seed: number;
  /** With 0, one document alone: the way to replay a failure. */
  readonly minutes: number;
  readonly now: () => number;
  readonly tell: (line: string) => void;
}

const rounds = 200;
const everyMs = 15_000;
/** Of documents after which every verdict must have been met. */
const longEnough = 200;

/** Whether all went well. */
export function fuzz({ seed, minutes, now, tell }: FuzzOptions): boolean {
  const tally = startTally();
  const end = now() + minutes * 60_000;
  let told = now();
  let next = seed;
  const summary = () => {
    const verdicts = [...tally.verdicts].map(([what, count]) => `${what} ${String(count)}`);

    return `${String((next - seed) * rounds * 2)} updates, seeds ${String(seed)} to ${String(next - 1)}: ${verdicts.join(', ')}; of the refused ones that were tried on a bare document, ${String(tally.refusedAndHarmful)} harmed it`;
  };
  do {
    try {
      attackDocument(next, rounds, tally);
    } catch (error) {
      tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
      tell(`Seed ${String(next)} fails. Again: npm run fuzz -- --seed ${String(next)} --minutes 0`);

      return false;
    }
    next += 1;
    if (now() - told >= everyMs) {
      told = now();
      tell(summary());
    }
  } while (now() < end);
  tell(summary());
  const missed = mustMeet.filter((what) => !tally.verdicts.has(what));
  if (next - seed < longEnough || missed.length === 0) return true;
  tell(`Never met: ${missed.join(', ')}. The attack has lost its aim.`);

  return false;
}
