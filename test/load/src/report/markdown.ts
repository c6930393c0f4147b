/** The tables, as they stand in the README: aligned, so that they read as well on a screen as on a page. */
import type { Spread } from '../measure/statistics.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ScenarioName } from '../scenarios/scenarios.ts';
import { contenders, type ContenderName } from '../servers/contenders.ts';
import { columns, type Column } from './columns.ts';
import { figures } from './figures.ts';
import type { Results } from './results.ts';

export interface Circumstances {
  readonly date: string;
  readonly command: string;
  readonly machine: string;
  readonly placement: string;
  readonly rounds: number;
}

type Ran = readonly (readonly [ScenarioName, Scenario])[];

export function formatReport(results: Results, ran: Ran, around: Circumstances): string {
  const parts = [
    `\`${around.command}\`, ${around.date}; ${around.machine}; ${around.placement}. ` +
      `Median (lowest-highest) of ${String(around.rounds)} interleaved ${around.rounds === 1 ? 'run' : 'runs'}.`,
    formatGoals(results),
    ...ran.map(([name, scenario]) => formatScenario(results, name, scenario)),
    ...formatFailures(results),
  ];

  return `${parts.join('\n\n')}\n`;
}

function formatGoals(results: Results): string {
  const rows = results
    .judge()
    .map(({ goal, reached }) => [
      goal.scenario,
      goal.says,
      String(goal.atMost),
      formatSpread(reached, 2),
      formatVerdict(reached.median, goal.atMost),
    ]);

  return formatTable(['scenario', 'goal', 'at most', 'measured', 'verdict'], rows);
}

function formatVerdict(reached: number, atMost: number): string {
  if (Number.isNaN(reached)) return 'not measured';
  const verdict = reached <= atMost ? 'reached' : 'not reached';

  return atMost === 0 ? verdict : `${verdict}: ${(reached / atMost).toFixed(2)} of it`;
}

function formatScenario(
  results: Results,
  name: ScenarioName,
  { title, contenders: all }: Scenario,
): string {
  const who = all.filter((contender) => results.has(name, contender));
  const shown = columns.filter(({ figures: [figure] }) =>
    who.some((contender) => figure && results.spread(name, contender, figure) !== undefined),
  );
  const rows = who.map((contender) => [
    contenders[contender].label,
    contenders[contender].durability,
    ...shown.map((column) => formatCell(results, { name, contender, column })),
  ]);
  const head = ['server', 'a seen edit is', ...shown.map(({ label }) => label)];

  return `### ${name}: ${title}\n\n${formatTable(head, rows)}`;
}

/** Figures that share a column stand side by side, in the middle of their runs; one alone also tells how they spread. */
function formatCell(
  results: Results,
  of: { readonly name: ScenarioName; readonly contender: ContenderName; readonly column: Column },
): string {
  const spreads = of.column.figures.map((figure) => ({
    digits: figures[figure].digits,
    spread: results.spread(of.name, of.contender, figure),
  }));
  const [first] = spreads;
  if (first?.spread === undefined) return '-';
  if (spreads.length === 1) return formatSpread(first.spread, first.digits);

  return spreads.map(({ spread, digits }) => spread?.median.toFixed(digits) ?? '-').join(' / ');
}

function formatFailures({ failed }: Results): readonly string[] {
  if (failed.length === 0) return [];
  const lines = failed.map(
    ({ scenario, contender, round, reason }) =>
      `- ${scenario}, ${contenders[contender].label}, round ${String(round + 1)}: ${reason}`,
  );

  return [`Runs that do not count:\n\n${lines.join('\n')}`];
}

function formatSpread({ median, lowest, highest }: Spread, digits: number): string {
  if (Number.isNaN(median)) return 'not measured';
  const [middle, low, high] = [median, lowest, highest].map((value) => value.toFixed(digits));

  return low === high ? (middle ?? '') : `${middle ?? ''} (${low ?? ''}-${high ?? ''})`;
}

function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;

  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
