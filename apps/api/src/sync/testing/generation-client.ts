/** A client that does with a generation what an honest one does: makes it itself and sends again what is not committed. */
import { randomUUID } from 'node:crypto';
import {
  encodeGeneration,
  findRegister,
  generationHash,
  type Register,
} from '@lodestone/document-model';
import * as Y from 'yjs';
import type { TestClient } from './client.ts';

export interface NotedEdit {
  readonly edit: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly seen: number;
}

export class GenerationClient {
  #client: TestClient;
  readonly #document: string;
  readonly #register: Register;
  /** What is acknowledged, and nothing else. */
  #acknowledged = new Y.Doc();
  #generation: number | undefined;
  #read = 0;
  readonly generations: number[] = [];
  /** Bytes of the answers to `open`, but for the first. */
  downloaded = 0;
  longestWaitMs = 0;

  constructor(client: TestClient, document: string) {
    this.#client = client;
    this.#document = document;
    this.#register = findRegister(document.split('/')[1] ?? '') as Register;
  }

  /** What its screen shows. */
  get held(): Y.Map<unknown> {
    this.#readOn();

    return this.#acknowledged.getMap(this.#register.name);
  }

  async open(): Promise<void> {
    this.#readOn();
    const known = this.#generation;
    const opened = await this.#client.open(this.#document, {
      ...(known !== undefined && {
        generation: known,
        stateVector: Y.encodeStateVector(this.#acknowledged),
      }),
    });
    if (known !== undefined) this.downloaded += opened.update.length;
    if (known !== opened.generation) {
      this.#acknowledged = new Y.Doc();
      this.generations.push(opened.generation);
    }
    this.#generation = opened.generation;
    Y.applyUpdate(this.#acknowledged, opened.update);
    this.#client.replica.destroy();
    this.#client.replica = copyOf(this.#acknowledged);
    this.#client.replica.clientID = opened.clientId;
    this.#read = this.#client.received.length;
  }

  goOffline(): void {
    this.#client.socket.disconnect();
  }

  /** On another socket, with what the device kept. */
  async comeBack(client: TestClient): Promise<void> {
    this.#client = client;
    this.#read = 0;
    await this.open();
  }

  /** An edit for the outbox. */
  note(values: NotedEdit['values']): NotedEdit {
    return { edit: randomUUID(), values, seen: this.#client.seq };
  }

  async edit(values: NotedEdit['values']): Promise<void> {
    const start = performance.now();
    await this.deliver(this.note(values));
    this.longestWaitMs = Math.max(this.longestWaitMs, performance.now() - start);
  }

  /** Until it is in. */
  async deliver({ edit, values, seen }: NotedEdit): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const update = this.#client.write(values);
      const answer = await this.#client.send(update, { edit, seen });
      if (answer.status === 'rejected') throw new Error(JSON.stringify(answer));
      if (answer.status === 'committed') {
        this.#readOn();
        Y.applyUpdate(this.#acknowledged, update);

        return;
      }
      await this.open();
    }
    throw new Error('an edit does not get in');
  }

  /** Takes in what it was sent, in order. */
  #readOn(): void {
    for (const { event, body } of this.#client.received.slice(this.#read)) {
      if (event === 'update') Y.applyUpdate(this.#acknowledged, body['update'] as Uint8Array);
      if (event === 'closed') this.#goOn(body as unknown as { generation: number; hash: string });
    }
    this.#read = this.#client.received.length;
  }

  #goOn({ generation, hash }: { readonly generation: number; readonly hash: string }): void {
    const state = encodeGeneration(this.#register, this.#acknowledged.getMap(this.#register.name));
    if (generationHash(state) !== hash) throw new Error('its records are others');
    this.#acknowledged.destroy();
    this.#acknowledged = new Y.Doc();
    Y.applyUpdate(this.#acknowledged, state);
    this.#generation = generation;
    this.generations.push(generation);
  }
}

function copyOf(document: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(document));

  return copy;
}
