/** What a scenario is: something that is done to one contender, and the figures of it. */
import type { ContenderName } from '../servers/contenders.ts';
import type { LodestoneSite } from '../servers/lodestone.ts';
import type { Stage } from '../servers/stage.ts';
import type { Figures } from '../report/figures.ts';

interface Pace {
  /** Unmeasured, at full load. */
  readonly warmSeconds: number;
  readonly seconds: number;
}

export interface Run {
  readonly contender: ContenderName;
  readonly stage: Stage;
  readonly site: LodestoneSite;
  readonly pace: Pace;
  /** More of the environment for the server's process. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Scenario {
  readonly title: string;
  readonly contenders: readonly ContenderName[];
  /** How many different people's sessions its connections are spread over. */
  readonly sessions: number;
  run(run: Run): Promise<Figures>;
}

/** A run that may not count: something was lost, differed or was never acknowledged. */
export class RunFailed extends Error {
  override readonly name = 'RunFailed';
}
