/** One server of a simulation: real rooms, channels and sockets, behind a gateway that does what the real one does. */
import { findRegister } from '@lodestone/document-model';
import type { AppPool } from '../../database/app-pool.ts';
import { AccessFacts } from '../../access/access-facts.ts';
import type { WearLimits } from '../generation-wear.ts';
import type { LiveDocument } from '../live-document.ts';
import type { PostgresDocumentStore } from '../postgres-document-store.ts';
import { RoomRegistry } from '../room-registry.ts';
import { SendQueue } from '../send-queue.ts';
import { SocketBudget } from '../socket-budget.ts';
import { SyncSocket } from '../sync-socket.ts';
import type { Arrived, Network } from './network.ts';
import type { SimulatedDatabase } from './simulated-database.ts';
import type { SimulatedLink } from './simulated-link.ts';
import { SimulatedProcess } from './simulated-process.ts';
import type { Credentials } from './simulated-socket.ts';
import { SimulatedStore } from './simulated-store.ts';
import type { Asked, Witness } from './witness.ts';

interface Connected {
  readonly link: SimulatedLink;
  readonly sync: SyncSocket;
  readonly queue: SendQueue;
  /** What waits at the socket's end of this process, in bytes. */
  readonly line: { bufferedAmount: number };
}

interface Surroundings {
  readonly database: SimulatedDatabase;
  readonly network: Network;
  readonly witness: Witness;
}

const retryMs = 500;
/** A new generation each dozen edits or so. */
const soonWorn: WearLimits = { overwritten: 8, clientIds: 5, measureEvery: 2 };

export class SimulatedNode {
  readonly process: SimulatedProcess;
  readonly rooms: RoomRegistry;
  readonly #access = new AccessFacts();
  readonly #store: PostgresDocumentStore;
  readonly #around: Surroundings;
  readonly #sockets = new Map<SimulatedLink, Connected>();

  constructor(name: string, around: Surroundings) {
    this.#around = around;
    this.process = new SimulatedProcess(name);
    const store = new SimulatedStore(around.database, this.process);
    // These two are classes with hidden parts; what is asked of them is what the simulated store answers.
    this.#store = store as unknown as PostgresDocumentStore;
    this.rooms = new RoomRegistry(this.#store, this.#access, store as unknown as AppPool);
    this.rooms.wear = soonWorn;
    this.rooms.onAccessChange(() => {
      this.#reviewSockets();
    });
  }

  start(): void {
    this.process.run(() => {
      void this.#bootstrap();
    });
  }

  /** As at the end of a deployment: sockets first, then what is on its way, then snapshots. */
  async stop(): Promise<void> {
    for (const { link } of [...this.#sockets.values()]) link.break();
    await this.#within(() => this.rooms.onApplicationShutdown());
    this.process.kill();
  }

  /** Rights were taken away by a call of this node. */
  readAccess(): void {
    this.process.run(() => {
      void this.rooms.readAccess().catch(() => undefined);
    });
  }

  welcome(link: SimulatedLink, { session }: Credentials): void {
    void this.#admit(link, session);
  }

  receive(link: SimulatedLink, arrived: Arrived): void {
    const connected = this.#sockets.get(link);
    if (connected !== undefined) void this.#dispatch(connected, arrived);
  }

  /** The reader takes nothing for a while; or takes all that waited for him. */
  fill(link: SimulatedLink, bytes: number): void {
    const connected = this.#sockets.get(link);
    if (connected === undefined) return;
    connected.line.bufferedAmount = bytes;
    this.process.run(() => {
      connected.queue.look();
    });
  }

  leave(link: SimulatedLink): void {
    this.#sockets.get(link)?.queue.end();
    this.#sockets.get(link)?.sync.disconnect();
    this.#sockets.delete(link);
  }

  /** As a call of the records over HTTP does. */
  async read(name: string, work: (document: LiveDocument, seq: number) => void): Promise<void> {
    const [compartment = '', registerName = ''] = name.split('/');
    const register = findRegister(registerName);
    if (register === undefined) throw new Error(`no register for ${name}`);
    await this.#within(() => this.rooms.open(compartment).visit(register, work));
  }

  /** Runs work as this node's. */
  #within(work: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve) => {
      this.process.run(() => {
        void work().then(resolve, resolve);
      });
      this.process.onEnd(() => {
        resolve(undefined);
      });
    });
  }

  async #bootstrap(): Promise<void> {
    try {
      await this.rooms.onApplicationBootstrap();
    } catch {
      setTimeout(() => void this.#bootstrap(), retryMs);
    }
  }

  async #admit(link: SimulatedLink, session: string): Promise<void> {
    const { network } = this.#around;
    try {
      const person = await this.#authenticate(session);
      if (person === undefined) {
        network.refuse(link, 'session.ended');
        return;
      }
      if (link.isLeft) return;
      const services = { rooms: this.rooms, access: this.#access, store: this.#store };
      const who = { id: link.id, session, person };
      const send = (event: string, body: object) => {
        this.#send(link, sync, { event, body });
      };
      const line = { bufferedAmount: 0 };
      const queue = new SendQueue({ writeBuffer: [], transport: { socket: line } }, () => {
        sync.resume();
      });
      const sync: SyncSocket = new SyncSocket(who, services, send, {
        ...{ queue, budget: new SocketBudget(performance.now()) },
        refusedOutside: () => undefined,
        end: (code) => {
          this.#end({ link, sync }, code);
        },
      });
      this.#sockets.set(link, { link, sync, queue, line });
      network.welcome(link);
    } catch {
      network.refuse(link, 'unavailable');
    }
  }

  async #authenticate(session: string): Promise<string | undefined> {
    const { version } = this.#access;
    const { database } = this.#around;
    const person = await database.request(this.process, () => {
      const owner = database.sessions.get(session);

      return owner !== undefined && database.people.get(owner)?.disabled === false
        ? owner
        : undefined;
    });
    if (person === undefined) return undefined;
    if (!this.#isActive(person)) await this.rooms.readAccess();
    if (!this.#isActive(person)) return undefined;
    if (this.#access.version !== version) return this.#authenticate(session);
    this.#access.noteSession(session);

    return person;
  }

  #isActive(person: string): boolean {
    return this.#access.person(person)?.disabled === false;
  }

  async #dispatch({ link, sync }: Connected, { event, body, message }: Arrived): Promise<void> {
    const { network, witness } = this.#around;
    const asked: Asked = { ...{ link: link.id, session: sync.session, event, body } };
    witness.asked(asked);
    const answer = (given: object) => {
      witness.answered(asked, given);
      network.answer(link, message, given);
    };
    try {
      const given = await sync.handlers[event as keyof SyncSocket['handlers']](body);
      if (given !== undefined) answer(given);
    } catch {
      const unavailable = { code: 'unavailable', message: 'Not available at the moment.' };
      answer(
        event === 'update'
          ? { status: 'rejected', ...unavailable, changes: [] }
          : { status: 'refused', ...unavailable },
      );
    }
  }

  #send(
    link: SimulatedLink,
    { session }: SyncSocket,
    { event, body }: { readonly event: string; readonly body: object },
  ): void {
    if (!this.#sockets.has(link)) return;
    this.#around.witness.shown({ link: link.id, session, event, body });
    this.#around.network.send(link, event, body);
  }

  #end({ link, sync }: Pick<Connected, 'link' | 'sync'>, code: string): void {
    this.#send(link, sync, { event: 'closed', body: { document: '', code } });
    this.leave(link);
    this.#around.network.dismiss(link);
  }

  #reviewSockets(): void {
    for (const { link, sync } of [...this.#sockets.values()]) {
      const person = this.#access.person(sync.session.person);
      if (person === undefined || person.disabled || !this.#access.isLive(sync.session.session)) {
        this.#end({ link, sync }, 'session.ended');
      } else {
        sync.reviewRights();
      }
    }
  }
}
