/** What each kind of step does to the workspace. */
import type { SyncDocument } from '@lodestone/sync-provider';
import { chooseAct, meetingAct } from './acts.ts';
import type { PersonRow } from './simulated-database.ts';
import { chanceOf, type Step, type StepKind } from './plan.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedNode } from './simulated-node.ts';
import type { SimulatedPerson, SimulatedTab } from './simulated-tab.ts';
import type { SimulatedWorkspace } from './workspace.ts';

type Take = (workspace: SimulatedWorkspace, random: SeededRandom) => void;

const takes: Readonly<Record<StepKind, Take>> = {
  act: (workspace, random) => {
    inDocument(workspace, random, (tab, document) => {
      edit(workspace, { tab, document, random });
    });
  },
  meet: (workspace, random) => {
    const name = random.pick(['allied/project', 'allied/source', 'bilateral/project']);
    for (const tab of workspace.tabs) {
      const count = workspace.nextAct();
      workspace.time.after(random.between(0, 60), () => {
        withDocuments(tab, (documents) => {
          const document = documents.find((one) => one.name === name);
          if (document === undefined) return;
          const { records } = document;
          const { party } = tab.person;
          const intents = meetingAct({ document: name, records, party, random, count });
          if (intents.length > 0) tab.client?.act([{ document: name, intents }]);
        });
      });
    }
  },
  undo: (workspace, random) => {
    const tab = random.pick(workspace.tabs);
    withDocuments(tab, () => {
      const outcome = tab.client?.undo.undo();
      if (outcome === undefined) return;
      workspace.history.reach(`undo.${outcome.outcome}`);
      if (outcome.outcome === 'changed-since' && random.chance(0.5)) outcome.anyway();
    });
  },
  redo: (workspace, random) => {
    const tab = random.pick(workspace.tabs);
    withDocuments(tab, () => {
      workspace.history.reach(`redo.${tab.client?.undo.redo().outcome ?? 'nothing'}`);
    });
  },
  retry: (workspace, random) => {
    const tab = random.pick(workspace.tabs);
    withDocuments(tab, () => {
      const items = tab.client?.tray.items ?? [];
      if (items.length > 0)
        workspace.history.reach(
          `retry.${tab.client?.tray.retry(random.pick(items).edit).outcome ?? ''}`,
        );
    });
  },
  discard: (workspace, random) => {
    const tab = random.pick(workspace.tabs);
    withDocuments(tab, () => {
      const items = tab.client?.tray.items ?? [];
      if (items.length > 0) tab.client?.tray.discard(random.pick(items).edit);
    });
  },
  'read-conflicts': (workspace, random) => {
    inDocument(workspace, random, (_tab, document) => {
      const last = document.conflicts.at(-1);
      if (last !== undefined) document.markRead(last.seq);
    });
  },
  'cut-tab': ({ network, tabs }, random) => {
    for (const link of network.linksOf(random.pick(tabs).process)) link.break();
  },
  'silence-tab': ({ network, tabs, history }, random) => {
    history.reach('half-open');
    for (const link of network.linksOf(random.pick(tabs).process)) link.goSilent();
  },
  'partition-tab': ({ network, tabs, time, history }, random) => {
    const { process } = random.pick(tabs);
    history.reach('partition');
    network.partition(process);
    time.after(random.pick([2_000, 8_000, 15_000, 30_000]), () => {
      network.partitioned.delete(process.name);
    });
  },
  'slow-reader': ({ network, tabs, time, history }, random) => {
    const { process } = random.pick(tabs);
    const links = network.linksOf(process);
    history.reach('slow-reader');
    for (const link of links) network.fill(link, 2 * 1024 * 1024);
    time.after(random.pick([200, 1_000, 4_000]), () => {
      for (const link of links) network.fill(link, 0);
    });
  },
  'crash-tab': ({ tabs, time, history }, random) => {
    const tab = random.pick(tabs);
    history.reach('tab-crash');
    // The locks of a device are its browser's: all its tabs live and die as they like.
    tab.crash();
    const { process } = tab;
    time.after(random.between(50, 3_000), () => {
      if (tab.process === process) tab.open();
    });
  },
  'reload-tab': ({ tabs, history }, random) => {
    const tab = random.pick(tabs);
    if (tab.client === undefined) return;
    history.reach('tab-reload');
    tab.reload();
  },
  'clone-device': (workspace, random) => {
    void workspace.cloneDevice(random.pick(workspace.tabs));
  },
  'crash-node': (workspace, random) => {
    const node = random.pick(workspace.network.nodes);
    if (node.process.isDead) return;
    workspace.history.reach('node-crash');
    node.process.kill();
    workspace.time.after(random.between(100, 4_000), () => {
      replace(workspace, node);
    });
  },
  'restart-node': (workspace, random) => {
    const node = random.pick(workspace.network.nodes);
    if (node.process.isDead) return;
    workspace.history.reach('node-restart');
    void node.stop().then(() => {
      replace(workspace, node);
    });
  },
  'pause-node': ({ network, time, history }, random) => {
    const { process } = random.pick(network.nodes);
    history.reach('node-pause');
    process.pause();
    time.after(random.pick([50, 500, 2_500, 6_000]), () => {
      process.resume();
    });
  },
  'cut-node': ({ network }, random) => {
    for (const link of network.linksOf(random.pick(network.nodes).process)) link.break();
  },
  'fault-commit': ({ faults }, random) => {
    const count = random.pick([1, 1, 2, 5]);
    for (let turn = 0; turn < count; turn += 1)
      faults.nextCommits.push(random.pick(['failed', 'answer-lost', 'late']));
  },
  'stop-database': ({ faults, time, history }, random) => {
    history.reach('database-down');
    faults.isDatabaseDown = true;
    time.after(random.pick([100, 1_000, 5_000]), () => {
      faults.isDatabaseDown = false;
    });
  },
  'slow-database': ({ faults, time }, random) => {
    faults.databaseSlowness = 400;
    time.after(random.pick([500, 3_000]), () => {
      faults.databaseSlowness = faults.usualSlowness;
    });
  },
  'end-session': (workspace, random) => {
    const person = random.pick(workspace.people);
    changeAccess(workspace, random, () => {
      workspace.history.reach('session-ended');
      workspace.database.sessions.delete(person.session);
    });
    workspace.time.after(random.between(500, 5_000), () => {
      signInAgain(workspace, person);
    });
  },
  'disable-person': (workspace, random) => {
    const person = random.pick(workspace.people);
    changeAccess(workspace, random, () => {
      workspace.history.reach('person-disabled');
      change(workspace, person, { disabled: true });
    });
    workspace.time.after(random.between(500, 8_000), () => {
      changeAccess(workspace, random, () => {
        change(workspace, person, { disabled: false });
        signInAgain(workspace, person);
      });
    });
  },
  'lose-role': (workspace, random) => {
    const person = random.pick(workspace.people);
    const roles = workspace.database.people.get(person.id)?.roles ?? [];
    if (roles.includes('observer')) return;
    changeAccess(workspace, random, () => {
      workspace.history.reach('role-lost');
      change(workspace, person, { roles: ['observer'] });
    });
    workspace.time.after(random.between(500, 8_000), () => {
      changeAccess(workspace, random, () => {
        change(workspace, person, { roles });
      });
    });
  },
  'read-records': (workspace, random) => {
    const node = random.pick(workspace.network.nodes);
    const name = random.pick(['allied/project', 'allied/source', 'bilateral/project']);
    void node.read(name, (document, seq) => {
      workspace.history.reach('read');
      workspace.witness.read(node.process.name, document, seq);
    });
  },
  'bare-client': ({ bare }, random) => {
    bare.act(random);
  },
};

export function take(workspace: SimulatedWorkspace, step: Step): void {
  workspace.history.note('step', step.kind);
  takes[step.kind](workspace, chanceOf(step));
}

/** One transaction of somebody who arranges rights, of which one node is told by its own call. */
export function changeAccess(
  { database, network, time }: SimulatedWorkspace,
  random: SeededRandom,
  work: () => void,
): void {
  const owner = {};
  const attempt = (): void => {
    database.accessLock.take(owner, 'exclusive').then(
      () => {
        time.after(random.between(0.5, 40), () => {
          database.accessVersion += 1;
          work();
          database.accessLock.release(owner);
          database.history.note('database', `access ${String(database.accessVersion)}`);
          if (random.chance(0.7)) random.pick(network.nodes).readAccess();
        });
      },
      () => {
        time.after(100, attempt);
      },
    );
  };
  attempt();
}

export function signInAgain(workspace: SimulatedWorkspace, person: SimulatedPerson): void {
  if (!workspace.database.sessions.has(person.session)) workspace.signIn(person);
  for (const tab of workspace.tabs) {
    if (tab.person === person) {
      tab.do(() => {
        tab.client?.connection.connect();
      });
    }
  }
}

export function replace(workspace: SimulatedWorkspace, node: SimulatedNode): void {
  const { nodes } = workspace.network;
  const index = nodes.indexOf(node);
  if (index < 0) return;
  const fresh = workspace.newNode(node.process.name);
  nodes[index] = fresh;
  fresh.start();
}

function change(
  { database }: SimulatedWorkspace,
  { id }: SimulatedPerson,
  to: Partial<PersonRow>,
): void {
  const row = database.people.get(id);
  if (row !== undefined) database.people.set(id, { ...row, ...to });
}

interface Editing {
  readonly tab: SimulatedTab;
  readonly document: SyncDocument;
  readonly random: SeededRandom;
}

function edit(workspace: SimulatedWorkspace, { tab, document, random }: Editing): void {
  const { name, records } = document;
  const { party } = tab.person;
  const count = workspace.nextAct();
  const intents = chooseAct({ document: name, records, party, random, count });
  if (intents.length > 0) tab.client?.act([{ document: name, intents }]);
}

function inDocument(
  { tabs }: SimulatedWorkspace,
  random: SeededRandom,
  work: (tab: SimulatedTab, document: SyncDocument) => void,
): void {
  const tab = random.pick(tabs);
  withDocuments(tab, (documents) => {
    if (documents.length > 0) work(tab, random.pick(documents));
  });
}

function withDocuments(
  tab: SimulatedTab,
  work: (documents: readonly SyncDocument[]) => void,
): void {
  tab.do(() => {
    work(tab.readyDocuments);
  });
}
