/** One run: a workspace, a plan, an end to all trouble, and the question whether everything promised is so. */
import { Logger } from '@nestjs/common';
import { Faults, type Sabotage } from './faults.ts';
import { checkEnd, checkTabs, isSettled } from './final-check.ts';
import { History } from './history.ts';
import { drawPlan, type Plan, type Step } from './plan.ts';
import { SeededRandom } from './seeded-random.ts';
import { changeAccess, replace, signInAgain, take } from './steps.ts';
import type { SimulatedTab } from './simulated-tab.ts';
import { VirtualTime } from './virtual-time.ts';
import { SimulatedWorkspace } from './workspace.ts';

export interface RunOptions {
  readonly sabotage?: Sabotage;
  readonly keepsLines?: boolean;
  /** Steps of the seed's plan that are left out, by their place in it. */
  readonly without?: ReadonlySet<number>;
}

export interface RunResult {
  readonly seed: number;
  /** The first promise that was broken. */
  readonly violation: string | undefined;
  readonly digest: string;
  readonly reached: ReadonlyMap<string, number>;
  readonly lines: readonly string[];
  readonly steps: readonly Step[];
  /** How long the run took in its own time. */
  readonly simulatedMs: number;
}

/** After healing: what is not settled by then never will be. */
const healingMs = 180_000;
const checkEveryMs = 250;
/** Every node has looked at the heads once more. */
const watchMs = 1_500;

export async function simulate(seed: number, options: RunOptions = {}): Promise<RunResult> {
  const random = new SeededRandom(seed);
  const time = new VirtualTime();
  const history = new History(() => time.now, { keepsLines: options.keepsLines ?? false });
  const plan = drawPlan(random.fork());
  const faults = Faults.of(random.fork(), options.sabotage);
  const listen = (message: unknown) => {
    history.note('log', String(message));
  };
  Logger.overrideLogger({ log: listen, warn: listen, error: listen });
  const uninstall = time.install(random.fork());
  const blame = (error: unknown): void => {
    history.violate(
      `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  };
  process.on('unhandledRejection', blame);
  try {
    const workspace = new SimulatedWorkspace({ time, faults, history, random: random.fork() });
    await play(workspace, plan, options.without ?? new Set());
  } catch (error) {
    blame(error);
  } finally {
    process.off('unhandledRejection', blame);
    uninstall();
  }

  return {
    ...{ seed, violation: history.violation, digest: history.digest() },
    ...{ reached: history.reached, lines: history.lines, steps: plan.steps },
    simulatedMs: time.now,
  };
}

async function play(
  workspace: SimulatedWorkspace,
  plan: Plan,
  without: ReadonlySet<number>,
): Promise<void> {
  const { time, history } = workspace;
  workspace.start();
  plan.steps.forEach((step, index) => {
    if (without.has(index)) return;
    time.after(step.at, () => {
      take(workspace, step);
    });
  });
  const isOver = () => history.violation !== undefined;
  await time.pass(plan.lengthMs, isOver);
  if (isOver()) return;
  heal(workspace);
  await settle(workspace, isOver);
  if (!isOver()) checkTabs(workspace);
  if (isOver()) return;
  // The next visit: whoever was in a conflict learns of it now at the latest.
  for (const tab of workspace.tabs) tab.reload();
  await settle(workspace, isOver);
  if (!isOver()) await during(workspace, checkEnd(workspace));
}

/** The network and the database are well, everybody may do what he may, and all programs run. */
function heal(workspace: SimulatedWorkspace): void {
  const { faults, history, network, tabs, database, people } = workspace;
  const random = new SeededRandom(1);
  history.note('step', 'heal');
  faults.heal();
  network.heal();
  for (const node of [...network.nodes]) {
    node.process.resume();
    if (node.process.isDead) replace(workspace, node);
  }
  for (const tab of tabs) if (tab.process.isDead) tab.open();
  changeAccess(workspace, random, () => {
    for (const person of people) {
      const row = database.people.get(person.id);
      const roles = person.id === 'ben' ? ['editor', 'approver'] : ['editor'];
      if (row !== undefined) database.people.set(person.id, { ...row, roles, disabled: false });
      signInAgain(workspace, person);
    }
  });
}

async function settle(workspace: SimulatedWorkspace, isOver: () => boolean): Promise<void> {
  const { time, history, tabs } = workspace;
  const healed = time.now;
  const end = healed + healingMs;
  while (time.now < end && !isOver()) {
    await time.pass(time.now + checkEveryMs, isOver);
    if (time.now > healed + watchMs) for (const tab of tabs) comeBack(workspace, tab);
    if (!isSettled(workspace)) continue;
    // Nodes hear of each other's commits by looking, and somebody's last words may still have been on their way.
    await time.pass(time.now + watchMs, isOver);
    if (isSettled(workspace)) return;
  }
  history.note('step', 'not settled');
}

/** Who was shown out of a document comes back by loading the page anew, who was signed out by signing in. */
function comeBack(workspace: SimulatedWorkspace, tab: SimulatedTab): void {
  if (tab.isShownOut) tab.reload();
  else if (tab.client?.connection.status === 'signed-out') signInAgain(workspace, tab.person);
}

/** Lets time pass until something is known. */
async function during<T>({ time }: SimulatedWorkspace, work: Promise<T>): Promise<T> {
  let isDone = false;
  void work.then(
    () => (isDone = true),
    () => (isDone = true),
  );
  await time.pass(time.now + healingMs, () => isDone);

  return work;
}
