/** All that was measured, and what it comes to: spreads of figures, and goals with their verdicts. */
import { spreadOf, type Spread } from '../measure/statistics.ts';
import type { ScenarioName } from '../scenarios/scenarios.ts';
import type { ContenderName } from '../servers/contenders.ts';
import type { FigureName, Figures } from './figures.ts';
import { goals, type Goal } from './goals.ts';

export interface Measured {
  readonly scenario: ScenarioName;
  readonly contender: ContenderName;
  readonly round: number;
  readonly figures: Figures;
}

export interface Failed {
  readonly scenario: ScenarioName;
  readonly contender: ContenderName;
  readonly round: number;
  readonly reason: string;
}

export interface Judged {
  readonly goal: Goal;
  /** NaN where it was not measured. */
  readonly reached: Spread;
  readonly isReached: boolean;
}

export class Results {
  readonly measured: Measured[] = [];
  readonly failed: Failed[] = [];

  has(scenario: ScenarioName, contender: ContenderName): boolean {
    return this.#rounds(scenario, contender).length > 0;
  }

  /** What was measured of somebody in a scenario, round by round; undefined of nobody. */
  spread(scenario: ScenarioName, contender: ContenderName, figure: FigureName): Spread | undefined {
    const values = this.#rounds(scenario, contender).flatMap(
      ({ figures }) => figures[figure] ?? [],
    );

    return values.length === 0 ? undefined : spreadOf(values);
  }

  /** The goals of what was measured. */
  judge(): readonly Judged[] {
    const scenarios = new Set(this.measured.map(({ scenario }) => scenario));

    return goals
      .filter(({ scenario }) => scenarios.has(scenario))
      .map((goal) => {
        const reached = spreadOf(this.#reached(goal));

        return { goal, reached, isReached: reached.median <= goal.atMost };
      });
  }

  /** Those of one round ran one after another: they are compared with each other, not with another hour's. */
  #reached({ scenario, figure, against }: Goal): readonly number[] {
    return this.#rounds(scenario, 'lodestone').map(({ round, figures }) => {
      const value = figures[figure] ?? Number.NaN;
      if (against === undefined) return value;
      const other = this.#rounds(scenario, against.contender).find((one) => one.round === round);

      return value / (other?.figures[against.figure ?? figure] ?? Number.NaN);
    });
  }

  #rounds(scenario: ScenarioName, contender: ContenderName): readonly Measured[] {
    return this.measured.filter((one) => one.scenario === scenario && one.contender === contender);
  }
}
