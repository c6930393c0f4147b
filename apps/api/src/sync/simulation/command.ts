/**
 * `npm run simulate`: seed after seed, until there are enough or one breaks a promise; that one is made short and told.
 * `--seeds N` how many · `--from S` the first one · `--minutes M` how long · `--seed S` one, with its trace ·
 * `--sabotage NAME` with a fault put into the product on purpose.
 */
import { parseArgs } from 'node:util';
import { sabotages, type Sabotage } from './faults.ts';
import { shrink } from './shrink.ts';
import { simulate, type RunResult } from './simulation.ts';
import { addReached, everReached, findUnreached, runsToReachAll } from './sometimes.ts';

interface Command {
  readonly seeds: number;
  readonly from: number;
  readonly minutes: number;
  readonly seed: number | undefined;
  readonly sabotage: Sabotage | undefined;
}

type Say = (line: string) => void;

const usualSeeds = 2_000;
const reportMs = 15_000;
/** The end of a trace that is told where it was not asked for. */
const lastLines = 60;

/** @returns the exit code */
export async function runCommand(given: readonly string[], say: Say): Promise<number> {
  const command = readCommand(given);
  if (typeof command === 'string') {
    say(command);

    return 2;
  }

  return command.seed === undefined ? runMany(command, say) : runOne(command.seed, command, say);
}

function readCommand(given: readonly string[]): Command | string {
  const option = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...given],
    options: { seeds: option, from: option, minutes: option, seed: option, sabotage: option },
  });
  const sabotage = sabotages.find((name) => name === values.sabotage);
  if (values.sabotage !== undefined && sabotage === undefined)
    return `There is no such sabotage. There are: ${sabotages.join(', ')}.`;
  const minutes = Number(values.minutes ?? Number.POSITIVE_INFINITY);
  const usual = values.minutes === undefined ? usualSeeds : Number.MAX_SAFE_INTEGER;
  const numbers = {
    seeds: Number(values.seeds ?? usual),
    from: Number(values.from ?? 1),
    ...{ minutes, seed: values.seed === undefined ? undefined : Number(values.seed) },
  };
  if (Object.values(numbers).some((number) => Number.isNaN(number)))
    return '--seeds, --from, --minutes and --seed are numbers.';

  return { ...numbers, sabotage };
}

async function runMany({ seeds, from, minutes, sabotage }: Command, say: Say): Promise<number> {
  const begun = performance.now();
  const reached = new Map<string, number>();
  let [runs, reported] = [0, begun];
  while (runs < seeds && performance.now() - begun < minutes * 60_000) {
    const result = await simulate(from + runs, { ...(sabotage !== undefined && { sabotage }) });
    runs += 1;
    addReached(reached, result.reached);
    if (result.violation !== undefined) return tellFailure(result, { sabotage }, say);
    if (performance.now() - reported < reportMs) continue;
    reported = performance.now();
    say(`${String(runs)} seeds, all promises kept`);
  }
  for (const [path, count] of [...reached].sort()) say(`${String(count).padStart(9)}  ${path}`);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
  say(`${String(runs)} seeds from ${String(from)} in ${seconds} s, all promises kept`);
  const unreached = runs >= runsToReachAll ? findUnreached(everReached, reached) : [];
  if (unreached.length > 0) say(`never reached: ${unreached.join(', ')}`);

  return unreached.length > 0 ? 1 : 0;
}

async function runOne(seed: number, { sabotage }: Command, say: Say): Promise<number> {
  const options = { keepsLines: true, ...(sabotage !== undefined && { sabotage }) };
  const result = await simulate(seed, options);
  for (const line of result.lines) say(line);
  say(`seed ${String(seed)}: ${result.violation ?? 'all promises kept'}`);
  say(`trace ${result.digest}`);

  return result.violation === undefined ? 0 : 1;
}

async function tellFailure(
  failing: RunResult,
  { sabotage }: Pick<Command, 'sabotage'>,
  say: Say,
): Promise<number> {
  const { seed, steps } = failing;
  const how = sabotage === undefined ? {} : { sabotage };
  say(`seed ${String(seed)}: ${failing.violation ?? ''}`);
  const { without } = await shrink(failing, how);
  const shortest = await simulate(seed, { ...how, without, keepsLines: true });
  say(`${String(steps.length - without.size)} of its ${String(steps.length)} steps are enough:`);
  for (const line of shortest.lines.slice(-lastLines)) say(line);
  const extra = sabotage === undefined ? '' : ` --sabotage ${sabotage}`;
  say(`The whole of it: npm run simulate -- --seed ${String(seed)}${extra}`);

  return 1;
}
