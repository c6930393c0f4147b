/** Random histories of several tabs on several devices: they end alike, with every edit in exactly one place. */
import type { Intent, RecordId, RegisterRecords } from '@lodestone/document-model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WorkspaceClient } from './client.ts';
import { cloneOf, crash, newDevice, startTab, until, type Device } from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

const projects = 'public/project';

const patience = { answerMs: 250, firstMs: 10, mostMs: 60 };

const tabIndex = fc.nat({ max: 2 });

const steps = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      step: fc.constant('set' as const),
      tab: tabIndex,
      record: fc.nat(),
      bad: fc.constantFrom(false, false, false, true),
    }),
  },
  { weight: 4, arbitrary: fc.record({ step: fc.constant('create' as const), tab: tabIndex }) },
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('element' as const),
      tab: tabIndex,
      record: fc.nat(),
      present: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({ step: fc.constant('pause' as const), ms: fc.nat({ max: 25 }) }),
  },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('drop' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('lose answers' as const),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('silent commit' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      step: fc.constant('resync' as const),
      count: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ step: fc.constant('forget leases' as const), on: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ step: fc.constant('unavailable' as const), on: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('generation' as const) }) },
  { weight: 2, arbitrary: fc.record({ step: fc.constant('outsider' as const), record: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('unheard' as const), record: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({ step: fc.constant('crash' as const), device: fc.nat({ max: 1 }) }),
  },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('reload' as const), tab: tabIndex }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constant('clone' as const), tab: tabIndex }) },
);

type Step = typeof steps extends fc.Arbitrary<infer S> ? S : never;

interface Made {
  readonly edit: string;
  readonly bad: boolean;
  /** Its value is like no other, so that it can only stand there by its own doing. */
  readonly unique: boolean;
}

/** Two tabs on one device, one on another, and one on each copy that is made of a device. */
class World {
  readonly devices: Device[] = [newDevice(), newDevice()];
  readonly tabs: WorkspaceClient[] = [];
  readonly made: Made[] = [];
  #count = 0;
  readonly #server: WorkspaceServer;

  constructor(server: WorkspaceServer) {
    this.#server = server;
    server.script.refuse = ({ value }) =>
      typeof value === 'string' && value.startsWith('bad') ? 'value.invalid' : undefined;
  }

  async start(tab: number): Promise<void> {
    const device = this.deviceOf(tab);
    const client = await startTab(this.#server, `tab ${String(tab)}`, device, { patience });
    this.tabs[tab] = client;
    const document = await client.open(projects);
    await document.whenReady();
  }

  deviceOf(tab: number): Device {
    const device = this.devices[tab < 2 ? 0 : tab - 1];
    if (device === undefined) throw new Error('no device');

    return device;
  }

  async make(step: Step): Promise<void> {
    const { script } = this.#server;
    switch (step.step) {
      case 'set':
        return this.#act(step.tab, step, (record, value) => ({
          act: 'set',
          record,
          field: 'notes',
          value,
        }));
      case 'create': {
        const record = `made${String(this.#count++)}` as RecordId;
        return this.#edit(
          step.tab,
          { act: 'create', record, birth: { name: record } },
          true,
          false,
        );
      }
      case 'element': {
        const { present } = step;
        return this.#act(step.tab, { ...step, bad: false }, (record) => ({
          act: 'element',
          record,
          field: 'parties',
          element: 'USA',
          present,
        }));
      }
      case 'pause':
        return new Promise((resolve) => setTimeout(resolve, step.ms));
      case 'drop':
        this.#server.dropConnections();
        return;
      case 'lose answers':
        script.lostAnswers += step.count;
        return;
      case 'silent commit':
        script.silentCommits++;
        return;
      case 'resync':
        script.resyncs += step.count;
        return;
      case 'forget leases':
        script.forgetLeases = step.on;
        return;
      case 'unavailable':
        script.unavailable = step.on;
        return;
      case 'generation':
        this.#server.newGeneration(projects);
        return;
      case 'outsider':
      case 'unheard':
        this.#writeFromOutside(step);
        return;
      case 'crash':
        return this.#crash(step.device);
      case 'reload':
        await this.tabs[step.tab]?.close();
        return this.start(step.tab);
      case 'clone':
        return this.#clone(step.tab);
    }
  }

  /** Copied as it lies there, in the midst of things; both go on. */
  async #clone(tab: number): Promise<void> {
    if (this.devices.length > 3) return;
    await this.tabs[tab]?.flush();
    this.devices.push(await cloneOf(this.deviceOf(tab), [projects]));
    await this.start(this.tabs.length);
  }

  /** Everything may pass again. */
  async calm(): Promise<void> {
    const { script } = this.#server;
    Object.assign(script, { unavailable: false, lostAnswers: 0, silentCommits: 0, resyncs: 0 });
    for (const client of this.tabs) await client.whenSettled();
  }

  async #crash(device: number): Promise<void> {
    const tabs = device === 0 ? [0, 1] : [2];
    for (const tab of tabs) {
      const client = this.tabs[tab];
      if (client !== undefined) await crash(client, this.deviceOf(tab));
    }
    for (const tab of tabs) await this.start(tab);
  }

  async #act(
    tab: number,
    { record, bad }: { readonly record: number; readonly bad: boolean },
    intentFor: (record: RecordId, value: string) => Intent,
  ): Promise<void> {
    const id = pick((await this.#document(tab)).records, record);
    if (id === undefined) return;
    const value = `${bad ? 'bad' : 'good'} ${String(this.#count++)}`;
    const intent = intentFor(id, value);
    await this.#edit(tab, intent, intent.act !== 'element', bad);
  }

  async #edit(tab: number, intent: Intent, unique: boolean, bad: boolean): Promise<void> {
    const handle = (await this.#document(tab)).edit([intent]);
    if (handle.status !== 'kept') return;
    this.made.push(...handle.edits.map(({ edit }) => ({ edit, unique, bad })));
  }

  async #document(tab: number) {
    const client = this.tabs[tab];
    if (client === undefined) throw new Error('no tab');
    const document = await client.open(projects);
    client.leave(projects);

    return document;
  }

  #writeFromOutside({
    step,
    record,
  }: {
    readonly step: 'outsider' | 'unheard';
    readonly record: number;
  }): void {
    const id = pick(this.#server.records(projects), record);
    if (id === undefined) return;
    const [key, value] = [`${id}/notes`, `outside ${String(this.#count++)}`];
    if (step === 'outsider') this.#server.write(projects, key, value);
    else this.#server.writeUnheard(projects, key, value);
  }
}

function pick(records: RegisterRecords, index: number): RecordId | undefined {
  const ids = [...records.ids()].toSorted();

  return ids[index % Math.max(1, ids.length)];
}

function read(records: RegisterRecords): object {
  return Object.fromEntries(
    [...records.ids()].toSorted().map((id) => [id, records.get(id)?.fields]),
  );
}

async function play(history: readonly Step[]): Promise<void> {
  const server = await WorkspaceServer.start();
  const world = new World(server);
  try {
    for (const tab of [0, 1, 2]) await world.start(tab);
    for (const step of history) await world.make(step);
    await world.calm();
    // What was lost on the way shows with the next update.
    server.write(projects, 'last', { name: 'last' });

    const expected = (): string => JSON.stringify(read(server.records(projects)));
    for (const client of world.tabs) {
      const document = await client.open(projects);
      await until('agreement', () => JSON.stringify(read(document.records)) === expected()).catch(
        () => {
          expect(read(document.records)).toEqual(read(server.records(projects)));
        },
      );
    }
    await expectEachInOnePlace(server, world);
  } finally {
    for (const client of world.tabs) await client.close();
    await server.stop();
  }
}

async function expectEachInOnePlace(server: WorkspaceServer, world: World): Promise<void> {
  const logged = server.log.map((entry) => entry.edit);
  const trays: string[] = [];
  for (const client of world.tabs) await client.flush();
  for (const { store } of world.devices) {
    expect(await store.readOutbox()).toEqual([]);
    trays.push(...(await store.readTray()).map((item) => item.edit));
  }
  expect(server.violations).toEqual([]);
  expect(new Set(logged).size).toBe(logged.length);
  for (const { edit, unique, bad } of world.made) {
    const places = { logged: logged.includes(edit), inTray: trays.includes(edit) };
    if (unique || bad) expect(places).toEqual({ logged: !bad, inTray: bad });
    else expect(places.inTray).toBe(false);
  }
}

it('[PR80] tabs end as the server does, and every edit is in the log once or in the tray', async () => {
  await fc.assert(fc.asyncProperty(fc.array(steps, { minLength: 10, maxLength: 45 }), play), {
    numRuns: 25,
    endOnFailure: true,
  });
}, 60_000);
