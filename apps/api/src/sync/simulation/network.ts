/** The network of a simulation: which client reaches which node, and every message between them. */
import type { Faults } from './faults.ts';
import type { History } from './history.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SimulatedLink } from './simulated-link.ts';
import type { SimulatedNode } from './simulated-node.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import type { Credentials, SimulatedSocket } from './simulated-socket.ts';
import type { VirtualTime } from './virtual-time.ts';
import { describe, wireCopy } from './wire-copy.ts';

export interface Arrived {
  readonly event: string;
  readonly body: unknown;
  readonly message: number;
}

interface Served {
  readonly link: SimulatedLink;
  readonly socket: SimulatedSocket;
  readonly client: SimulatedProcess;
  readonly node: SimulatedNode;
}

export interface NetworkSurroundings {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly faults: Faults;
  readonly history: History;
}

export class Network {
  readonly time: VirtualTime;
  readonly random: SeededRandom;
  readonly history: History;
  readonly #faults: Faults;
  /** Where a balancer sends the next connection. */
  readonly nodes: SimulatedNode[] = [];
  /** Clients without a way to any node, by the name of their process. */
  readonly partitioned = new Set<string>();
  readonly #links = new Map<SimulatedLink, Served>();
  #dialled = 0;

  constructor({ time, random, faults, history }: NetworkSurroundings) {
    this.time = time;
    this.random = random;
    this.history = history;
    this.#faults = faults;
  }

  /** @returns undefined where nobody can be reached, of which the socket is told */
  dial(
    socket: SimulatedSocket,
    client: SimulatedProcess,
    credentials: Credentials,
  ): SimulatedLink | undefined {
    const reachable = this.nodes.filter(({ process }) => !process.isDead);
    if (this.partitioned.has(client.name) || reachable.length === 0) {
      this.time.after(
        this.random.between(20, 2_000),
        () => {
          socket.arrivals.unreachable();
        },
        client,
      );

      return undefined;
    }
    const node = this.random.pick(reachable);
    const link: SimulatedLink = new SimulatedLink(
      `socket-${String((this.#dialled += 1))}`,
      {
        client: {
          process: client,
          ended: () => {
            socket.arrivals.lost(link);
          },
        },
        server: {
          process: node.process,
          ended: () => {
            node.leave(link);
          },
        },
      },
      { time: this.time, random: this.random, faults: this.#faults },
    );
    this.#links.set(link, { link, socket, client, node });
    link.toServer(() => {
      node.welcome(link, credentials);
    });

    return link;
  }

  receive(link: SimulatedLink, arrived: Arrived): void {
    const served = this.#links.get(link);
    if (served === undefined) return;
    const { client, node } = served;
    this.history.note(client.name, `> ${arrived.event} ${describe(arrived.body)}`);
    node.receive(link, arrived);
  }

  welcome(link: SimulatedLink): void {
    this.#toClient(link, ({ socket }) => {
      socket.arrivals.welcomed(link);
    });
  }

  refuse(link: SimulatedLink, code: string): void {
    this.#toClient(link, ({ socket }) => {
      socket.arrivals.refused(link, code);
    });
  }

  dismiss(link: SimulatedLink): void {
    this.#toClient(link, ({ socket }) => {
      socket.arrivals.dismissed(link);
    });
  }

  send(link: SimulatedLink, event: string, body: object): void {
    if (
      this.#faults.sabotage === 'lost-broadcast' &&
      event === 'update' &&
      this.random.chance(0.05)
    )
      return;
    const copy = wireCopy(body);
    this.#toClient(link, ({ socket, client }) => {
      this.history.note(client.name, `< ${event} ${describe(copy)}`);
      socket.arrivals.event(link, event, copy);
    });
  }

  answer(link: SimulatedLink, message: number, body: object): void {
    const copy = wireCopy(body);
    this.#toClient(link, ({ socket, client }) => {
      this.history.note(client.name, `< answer ${describe(copy)}`);
      socket.arrivals.answer(link, message, copy);
    });
  }

  /** The connections that a client, or a node, has now. */
  linksOf(process: SimulatedProcess): readonly SimulatedLink[] {
    return [...this.#links.values()]
      .filter(({ link, client, node }) => {
        return !link.isOver && (client === process || node.process === process);
      })
      .map(({ link }) => link);
  }

  fill(link: SimulatedLink, bytes: number): void {
    this.#links.get(link)?.node.fill(link, bytes);
  }

  /** Nothing of this client comes through until it is let through again. */
  partition(client: SimulatedProcess): void {
    this.partitioned.add(client.name);
    for (const link of this.linksOf(client)) link.goSilent();
  }

  heal(): void {
    this.partitioned.clear();
  }

  #toClient(link: SimulatedLink, work: (served: Served) => void): void {
    const served = this.#links.get(link);
    if (served === undefined) return;
    link.toClient(() => {
      work(served);
    });
  }
}
