/** The workspace of a run: its people with their tabs, its nodes, its database, and those who watch. */
import { BareClient } from './bare-client.ts';
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import { Network } from './network.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SimulatedDatabase } from './simulated-database.ts';
import { SimulatedDevice, type KeptEdit } from './simulated-device.ts';
import { SimulatedNode } from './simulated-node.ts';
import { SimulatedTab, type SimulatedPerson } from './simulated-tab.ts';
import type { VirtualTime } from './virtual-time.ts';
import { Witness } from './witness.ts';

interface Surroundings {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly history: History;
}

const compartments = [
  { id: 'allied', parties: ['USA', 'JPN', 'AUS'], registers: ['project', 'source'] },
  { id: 'bilateral', parties: ['USA', 'JPN'], registers: ['project'] },
] as const;

const accounts = [
  { name: 'ada', party: 'USA', roles: ['editor'], tabs: 2 },
  { name: 'ben', party: 'USA', roles: ['editor', 'approver'], tabs: 1 },
  { name: 'chie', party: 'JPN', roles: ['editor'], tabs: 1 },
  { name: 'dan', party: 'AUS', roles: ['editor'], tabs: 1 },
] as const;

export class SimulatedWorkspace {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly history: History;
  readonly database: SimulatedDatabase;
  readonly network: Network;
  readonly witness: Witness;
  readonly people: SimulatedPerson[] = [];
  readonly tabs: SimulatedTab[] = [];
  readonly devices: SimulatedDevice[] = [];
  readonly ledger = new Map<string, KeptEdit>();
  readonly bare: BareClient;
  readonly #random: SeededRandom;
  #sessions = 0;
  #acts = 0;
  #clones = 0;

  constructor({ time, random, faults, history }: Surroundings) {
    this.time = time;
    this.faults = faults;
    this.history = history;
    this.#random = random;
    this.database = new SimulatedDatabase({ time, random: random.fork(), faults, history });
    this.network = new Network({ time, random: random.fork(), faults, history });
    this.witness = new Witness(this.database);
    this.database.witness = this.witness;
    for (const { id, parties } of compartments) {
      const names = { name_en: id, name_ja: id, marking: `REL TO ${parties.join(', ')}` };
      this.database.addCompartment({ id, ...names, parties, everyone: false });
    }
    for (const account of accounts) this.#settle(account);
    const [stranger] = this.people;
    if (stranger === undefined) throw new Error('nobody lives here');
    this.bare = new BareClient(this.network, stranger, random.fork());
    for (const name of ['node-a', 'node-b']) this.network.nodes.push(this.newNode(name));
  }

  start(): void {
    for (const node of this.network.nodes) node.start();
    for (const tab of this.tabs) tab.open();
  }

  newNode(name: string): SimulatedNode {
    const { database, network, witness } = this;

    return new SimulatedNode(name, { database, network, witness });
  }

  /** A person comes with another session. */
  signIn(person: SimulatedPerson): void {
    person.session = `session-${String((this.#sessions += 1))}-of-${person.id}`;
    this.database.sessions.set(person.session, person.id);
  }

  /** A profile is copied to another machine, where its person goes on too; once a run. */
  async cloneDevice({ device, person }: SimulatedTab): Promise<void> {
    if (this.#clones > 0) return;
    this.#clones += 1;
    const copy = await device.clone(`copy-of-${device.name}`, person.documents);
    const around = { time: this.time, network: this.network, random: this.#random.fork() };
    const tab = new SimulatedTab(`${person.id}-copy`, { person, device: copy }, around);
    this.history.reach('device-clone');
    this.devices.push(copy);
    this.tabs.push(tab);
    tab.open();
  }

  nextAct(): number {
    return (this.#acts += 1);
  }

  #settle(account: (typeof accounts)[number]): void {
    const { name, party, roles } = account;
    const documents = compartments
      .filter(({ parties }) => (parties as readonly string[]).includes(party))
      .flatMap(({ id, registers }) => registers.map((register) => `${id}/${register}`));
    const person: SimulatedPerson = { id: name, party, documents, session: '' };
    this.database.people.set(name, { id: name, name, party, roles, disabled: false });
    this.signIn(person);
    this.people.push(person);
    const { time, faults, history, ledger, network } = this;
    const device = new SimulatedDevice(`device-of-${name}`, {
      ...{ time, faults, history, ledger, random: this.#random.fork() },
    });
    this.devices.push(device);
    for (let tab = 1; tab <= account.tabs; tab += 1) {
      const around = { time, network, random: this.#random.fork() };
      this.tabs.push(new SimulatedTab(`${name}-${String(tab)}`, { person, device }, around));
    }
  }
}
