/** The command line. */
import { parseArgs } from 'node:util';
import { scenarios, type ScenarioName } from './scenarios/scenarios.ts';
import { contenders, type ContenderName } from './servers/contenders.ts';

export interface Options {
  readonly scenarios: readonly ScenarioName[];
  /** Undefined: all of each scenario. */
  readonly servers: readonly ContenderName[] | undefined;
  readonly runs: number;
  readonly seconds: number;
  readonly warmSeconds: number;
  readonly minutes: number;
  readonly json: string | undefined;
  readonly markdown: string | undefined;
  /** A folder for CPU profiles of Lodestone's server. */
  readonly profile: string | undefined;
}

const usage = `npm run bench -- [options]
  --scenario NAME   only this one, may be repeated: ${Object.keys(scenarios).join(', ')}, soak
  --server NAME     only this one, may be repeated: ${Object.keys(contenders).join(', ')}
  --runs N          interleaved rounds (5)
  --seconds N       measured time of a run (10), after --warm N at full load (3)
  --quick           one short round, to see that everything works
  --soak            one hour of ordinary work instead; --minutes N for another length
  --json FILE       everything, run by run
  --markdown FILE   the tables alone, for test/load/README.md
  --profile FOLDER  CPU profiles of Lodestone's server, and what takes longest on stderr`;

/** Its message is all there is to say. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const quick = values.quick === true;

  return {
    scenarios: readScenarios(values.scenario, values.soak === true),
    servers: values.server?.map((name) => known(contenders, name)),
    runs: toNumber('--runs', values.runs, quick || values.soak === true ? 1 : 5),
    seconds: toNumber('--seconds', values.seconds, quick ? 2 : 10),
    warmSeconds: toNumber('--warm', values.warm, quick ? 1 : 3),
    minutes: toNumber('--minutes', values.minutes, quick ? 0.2 : 60),
    json: values.json,
    markdown: values.markdown,
    profile: values.profile,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        scenario: { type: 'string', multiple: true },
        server: { type: 'string', multiple: true },
        runs: { type: 'string' },
        seconds: { type: 'string' },
        warm: { type: 'string' },
        quick: { type: 'boolean' },
        soak: { type: 'boolean' },
        minutes: { type: 'string' },
        json: { type: 'string' },
        markdown: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function readScenarios(
  named: readonly string[] | undefined,
  isSoak: boolean,
): readonly ScenarioName[] {
  if (isSoak) return ['soak'];
  if (named === undefined) return Object.keys(scenarios) as ScenarioName[];

  return named.map((name) => (name === 'soak' ? name : known(scenarios, name)));
}

function known<Name extends string>(among: Readonly<Record<Name, unknown>>, name: string): Name {
  if (Object.hasOwn(among, name)) return name as Name;
  throw new UsageError(`${name} is unknown.\n${usage}`);
}

function toNumber(option: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (value > 0) return value;
  throw new UsageError(`${option} must be a number above 0.\n${usage}`);
}
