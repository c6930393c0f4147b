/**
 * A client that is not ours: it keeps the protocol badly. It sends updates without edit ids, repeats them, puts two into
 * one, leaves one out, and sends what is no update; what is promised about acknowledgements holds for it too.
 */
import type { OpenAnswer } from '@lodestone/sync-protocol';
import * as Y from 'yjs';
import type { Network } from './network.ts';
import type { SeededRandom } from './seeded-random.ts';
import { SimulatedProcess } from './simulated-process.ts';
import { SimulatedSocket } from './simulated-socket.ts';
import type { SimulatedPerson } from './simulated-tab.ts';

const patienceMs = 5_000;

export class BareClient {
  readonly process = new SimulatedProcess('bare');
  readonly #socket: SimulatedSocket;
  readonly #document: string;
  readonly #random: SeededRandom;
  #replica: Y.Doc | undefined;
  #sent: Uint8Array[] = [];
  #count = 0;

  constructor(network: Network, person: SimulatedPerson, random: SeededRandom) {
    this.#random = random;
    this.#document = person.documents[0] ?? '';
    this.#socket = new SimulatedSocket(network, this.process, () => person);
    this.#socket.on('connect', () => {
      this.#open();
    });
    this.#socket.on('disconnect', () => {
      this.#replica = undefined;
    });
    this.#socket.on('closed', () => {
      this.#replica = undefined;
    });
    this.#socket.on('update', ({ update }: { readonly update: Uint8Array }) => {
      if (this.#replica !== undefined) Y.applyUpdate(this.#replica, update);
    });
  }

  /** Connects, or does one of its tricks. */
  act(random: SeededRandom): void {
    this.process.run(() => {
      if (!this.#socket.active) this.#socket.connect();
      else if (this.#socket.connected) this.#play(random);
    });
  }

  #play(random: SeededRandom): void {
    const replica = this.#replica;
    if (replica === undefined) {
      this.#open();
      return;
    }
    const trick = random.weighted({
      write: 5,
      merge: 4,
      repeat: 4,
      skip: 1,
      garbage: 1,
      foreign: 1,
    });
    const first = this.#write(replica);
    if (trick === 'garbage') this.#send(random.bytes(12));
    else if (trick === 'foreign') this.#send(Y.encodeStateAsUpdate(new Y.Doc({ guid: 'other' })));
    else if (trick !== 'skip') this.#send(first);
    // What went before once more, with what is new behind it: the server has half of it already.
    if (trick === 'merge') this.#send(Y.mergeUpdates([first, this.#write(replica)]));
    if (trick === 'repeat' && this.#sent.length > 0)
      for (let turn = 0; turn < 3; turn += 1) this.#send(random.pick(this.#sent));
  }

  #write(replica: Y.Doc): Uint8Array {
    const made: Uint8Array[] = [];
    const keep = (update: Uint8Array) => made.push(update);
    const root = replica.getMap<unknown>(this.#document.split('/')[1] ?? '');
    const record = [...root.keys()].filter((key) => !key.includes('/')).sort()[0] ?? 'none';
    replica.on('update', keep);
    root.set(`${record}/notes`, `bare ${String((this.#count += 1))}`);
    replica.off('update', keep);

    return made[0] ?? new Uint8Array();
  }

  #send(update: Uint8Array): void {
    this.#sent.push(update);
    this.#socket
      .timeout(patienceMs)
      .emit('update', { document: this.#document, update }, (_error, answer) => {
        const { status } = (answer ?? {}) as { readonly status?: string };
        if (status !== undefined && status !== 'committed') this.#replica = undefined;
      });
  }

  #open(): void {
    const asked = { document: this.#document, protocol: 1, device: 'device-of-a-stranger' };
    this.#socket.timeout(patienceMs).emit('open', asked, (_error, answer) => {
      const opened = answer as OpenAnswer<unknown> | undefined;
      if (opened?.status !== 'open') return;
      this.#replica = new Y.Doc();
      Y.applyUpdate(this.#replica, opened.update);
      this.#replica.clientID = opened.clientId;
      this.#sent = this.#random.chance(0.5) ? [] : this.#sent;
    });
  }
}
