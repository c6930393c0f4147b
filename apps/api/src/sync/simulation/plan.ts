/**
 * What is to happen in a run, drawn from its seed: who does what, and what goes wrong, each at its time. Every step has
 * chance of its own, so that the steps that remain do the same when others are left out.
 */
import { SeededRandom } from './seeded-random.ts';

const weights = {
  act: 120,
  meet: 14,
  undo: 5,
  redo: 2,
  retry: 4,
  discard: 2,
  'read-conflicts': 2,
  'cut-tab': 5,
  'silence-tab': 2,
  'partition-tab': 3,
  'slow-reader': 4,
  'crash-tab': 4,
  'reload-tab': 2,
  'clone-device': 1,
  'crash-node': 3,
  'restart-node': 2,
  'pause-node': 3,
  'cut-node': 1,
  'fault-commit': 6,
  'stop-database': 2,
  'slow-database': 1,
  'end-session': 2,
  'disable-person': 2,
  'lose-role': 2,
  'bare-client': 8,
  'read-records': 3,
} as const;

export type StepKind = keyof typeof weights;

export interface Step {
  readonly at: number;
  readonly kind: StepKind;
  /** The seed of what the step draws. */
  readonly seed: number;
}

export interface Plan {
  readonly steps: readonly Step[];
  readonly lengthMs: number;
}

export function drawPlan(random: SeededRandom): Plan {
  const lengthMs = random.pick([3_000, 10_000, 30_000, 60_000]);
  const count = 20 + random.below(100);
  // Some runs go without some kinds of trouble altogether, so that the others are met in peace.
  const drawn = Object.fromEntries(
    Object.entries(weights).filter(([kind]) => kind === 'act' || random.chance(0.7)),
  ) as Partial<typeof weights>;
  const steps = Array.from({ length: count }, (): Step => {
    const kind = random.weighted<StepKind>(drawn);

    return { at: random.between(500, lengthMs), kind, seed: random.next() };
  });

  return { steps: steps.sort((a, b) => a.at - b.at), lengthMs };
}

export function chanceOf({ seed }: Step): SeededRandom {
  return new SeededRandom(seed);
}
