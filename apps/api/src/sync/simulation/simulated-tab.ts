/** One tab of one person: the real workspace client, on a simulated device and network. */
import {
  createWorkspaceClient,
  type SyncDocument,
  type WorkspaceClient,
  type WorkspaceClientOptions,
} from '@lodestone/sync-provider';
import type { Network } from './network.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SimulatedDevice } from './simulated-device.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { SimulatedSocket } from './simulated-socket.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface SimulatedPerson {
  readonly id: string;
  readonly party: string;
  /** The documents that he may read. */
  readonly documents: readonly string[];
  /** His present session; another one after he has signed in again. */
  session: string;
}

interface Surroundings {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly network: Network;
}

export class SimulatedTab {
  readonly name: string;
  readonly person: SimulatedPerson;
  readonly device: SimulatedDevice;
  process: SimulatedProcess;
  client: WorkspaceClient | undefined;
  readonly #around: Surroundings;
  #documents: SyncDocument[] = [];
  #visits = 0;

  constructor(
    name: string,
    of: { readonly person: SimulatedPerson; readonly device: SimulatedDevice },
    around: Surroundings,
  ) {
    this.name = name;
    this.person = of.person;
    this.device = of.device;
    this.#around = around;
    this.process = new SimulatedProcess(name);
  }

  open(): void {
    if (this.#visits > 0) this.process = new SimulatedProcess(this.name);
    this.#visits += 1;
    this.#documents = [];
    const { process } = this;
    process.run(() => {
      void this.#start(process);
    });
  }

  /** Gone without a word. */
  crash(): void {
    this.process.kill();
    this.client = undefined;
    this.#documents = [];
  }

  /** The page is loaded anew; what was typed is written first. */
  reload(): void {
    const { client, process } = this;
    this.client = undefined;
    this.#documents = [];
    if (client === undefined) {
      process.kill();
      this.open();
      return;
    }
    this.do(() => {
      void client.close().then(() => {
        process.kill();
        if (this.process === process) this.open();
      });
    });
  }

  /** Something the person does, where the tab is there. */
  do(work: () => void): void {
    this.process.run(work);
  }

  /** Those that have anything to show. */
  get readyDocuments(): readonly SyncDocument[] {
    return this.#documents.filter(({ state }) => state.status === 'ready');
  }

  /** Something may no longer be read here. */
  get isShownOut(): boolean {
    return this.#documents.some(({ state }) => state.status === 'closed');
  }

  async #start(process: SimulatedProcess): Promise<void> {
    const { network, random } = this.#around;
    const makeSocket = () => new SimulatedSocket(network, process, () => this.person);
    const client = await createWorkspaceClient({
      url: 'https://workspace.example',
      store: this.device.storeFor(process),
      locks: this.device.locks.for(process),
      random: (count) => random.bytes(count),
      probe: () => Promise.resolve(!network.partitioned.has(process.name)),
      // The provider asks no more of its socket than this one has.
      makeSocket: makeSocket as unknown as NonNullable<WorkspaceClientOptions['makeSocket']>,
    });
    if (process.isDead) return;
    this.client = client;
    for (const name of this.person.documents) this.#documents.push(await client.open(name));
  }
}
