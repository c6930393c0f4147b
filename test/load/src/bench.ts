/** `npm run bench`: every scenario, its contenders one after another, round after round; then the tables. */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { pinGenerator } from './measure/cores.ts';
import { describeProfiles } from './measure/profiles.ts';
import { readOptions, UsageError, type Options } from './options.ts';
import { formatReport, type Circumstances } from './report/markdown.ts';
import { Results } from './report/results.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { scenarios, type ScenarioName } from './scenarios/scenarios.ts';
import { soakFor } from './scenarios/soak.ts';
import type { ContenderName } from './servers/contenders.ts';
import { LodestoneSite } from './servers/lodestone.ts';
import { Stage } from './servers/stage.ts';

const options = readOptionsOrEnd();
const ran = options.scenarios.map((name): readonly [ScenarioName, Scenario] => [
  name,
  name === 'soak' ? soakFor(options.minutes) : scenarios[name],
]);
const stage = await Stage.open();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stage.close().finally(() => process.exit(1));
  });
}
try {
  const around: Circumstances = {
    date: new Date().toISOString().slice(0, 10),
    command: ['npm run bench', ...separated(process.argv.slice(2))].join(' '),
    machine: describeMachine(),
    placement: pinGenerator(),
    rounds: options.runs,
  };
  const results = new Results();
  for (const [name, scenario] of ran) await runScenario(results, name, scenario);
  await keep(results, around);
  if (options.profile !== undefined) {
    say(await describeProfiles(options.profile, options.warmSeconds + options.seconds));
  }
  if (results.failed.length > 0) process.exitCode = 1;
} finally {
  await stage.close();
}
// Connections whose server has gone may keep timers of their own.
process.exit();

function readOptionsOrEnd(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);

    return process.exit(1);
  }
}

async function runScenario(
  results: Results,
  name: ScenarioName,
  scenario: Scenario,
): Promise<void> {
  say(`${name}: ${scenario.title}`);
  const site = await LodestoneSite.prepare(stage, scenario.sessions);
  const contenders = scenario.contenders.filter(
    (contender) => options.servers?.includes(contender) ?? true,
  );
  for (let round = 0; round < options.runs; round++) {
    for (const contender of contenders) {
      const run = { scenario: name, contender, round };
      try {
        const figures = await scenario.run({
          contender,
          stage,
          site,
          pace: options,
          environment: environmentOf(contender, options),
        });
        results.measured.push({ ...run, figures });
        say(`  ${String(round + 1)} ${contender} ${summarize(figures)}`);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        results.failed.push({ ...run, reason });
        say(`  ${String(round + 1)} ${contender} failed: ${reason}`);
      }
    }
  }
}

/** On the screen, and in the files that were asked for. */
async function keep(results: Results, around: Circumstances): Promise<void> {
  const tables = formatReport(results, ran, around);
  process.stdout.write(tables);
  if (options.markdown !== undefined) await writeFile(options.markdown, tables);
  if (options.json === undefined) return;
  const { measured, failed } = results;
  const report = { ...around, goals: results.judge(), measured, failed };
  await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`);
}

function environmentOf(contender: ContenderName, { profile }: Options): Record<string, string> {
  return contender === 'lodestone' && profile !== undefined
    ? { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` }
    : {};
}

function summarize(figures: object): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name} ${(value as number).toFixed(1)}`)
    .join(', ');
}

function describeMachine(): string {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  const memory = Math.round(totalmem() / 1024 ** 3);

  return `${String(availableParallelism())} cores (${model}), ${String(memory)} GiB, Node ${process.versions.node}`;
}

function separated(args: readonly string[]): readonly string[] {
  return args.length === 0 ? [] : ['--', ...args];
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
