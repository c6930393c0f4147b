/** What goes wrong in a run: how likely each thing is, and what has been ordered. Healing ends all of it. */
import type { SeededRandom } from './seeded-random.ts';

/** How a commit can end but well: not done · done, and its answer lost · done later than its answer was given up for. */
export type CommitFault = 'failed' | 'answer-lost' | 'late';

/** A fault of the product that is put in on purpose, to see that it is found. */
export type Sabotage =
  | 'acknowledge-before-commit'
  | 'forget-edits'
  | 'head-by-number'
  | 'no-access-lock'
  | 'lost-broadcast'
  | 'forgetful-device';

export const sabotages: readonly Sabotage[] = [
  'acknowledge-before-commit',
  'forget-edits',
  'head-by-number',
  'no-access-lock',
  'lost-broadcast',
  'forgetful-device',
];

export class Faults {
  readonly sabotage: Sabotage | undefined;
  isDatabaseDown = false;
  databaseSlowness = 1;
  /** As it was drawn for the run: to this it returns. */
  usualSlowness = 1;
  /** Of statements, before they are done. */
  statementFailure = 0;
  /** Of commits, each way. */
  commitFailure = 0;
  /** The next commits end so. */
  readonly nextCommits: CommitFault[] = [];
  /** How long a message takes at least, and how much longer at most. */
  network = { leastMs: 2, spreadMs: 10 };

  constructor(sabotage?: Sabotage) {
    this.sabotage = sabotage;
  }

  /** Every run has its own weather: many runs with one trouble each find more than one with all of them. */
  static of(random: SeededRandom, sabotage: Sabotage | undefined): Faults {
    const faults = new Faults(sabotage);
    if (random.chance(0.4)) faults.statementFailure = random.pick([0.001, 0.005, 0.02]);
    if (random.chance(0.5)) faults.commitFailure = random.pick([0.01, 0.05, 0.15]);
    if (random.chance(0.3)) faults.usualSlowness = random.pick([3, 10, 40]);
    faults.databaseSlowness = faults.usualSlowness;
    faults.network = random.pick([
      { leastMs: 1, spreadMs: 2 },
      { leastMs: 5, spreadMs: 40 },
      { leastMs: 100, spreadMs: 400 },
    ]);

    return faults;
  }

  takeCommitFault(random: SeededRandom): CommitFault | undefined {
    const ordered = this.nextCommits.shift();
    if (ordered !== undefined) return ordered;
    if (!random.chance(this.commitFailure)) return undefined;

    return random.pick(['failed', 'answer-lost', 'late']);
  }

  heal(): void {
    this.isDatabaseDown = false;
    this.databaseSlowness = 1;
    this.usualSlowness = 1;
    this.statementFailure = 0;
    this.commitFailure = 0;
    this.nextCommits.length = 0;
    this.network = { leastMs: 1, spreadMs: 5 };
  }
}
