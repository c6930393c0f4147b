/** A person's workspace on one device and tab: its documents, connection, outbox, tray, undo and status. */
import type { Intent, Register } from '@lodestone/document-model';
import { SyncConnection, type ConnectionOptions, type Patience } from './connection.ts';
import type { DeviceStore } from './device-store/device-store.ts';
import { Journal } from './device-store/journal.ts';
import { SyncDocument, type EditOutcome, type KeptEdit } from './document.ts';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';
import { admitAll, type IntentCheck } from './local-check.ts';
import { isDocumentName, OpenDocuments } from './open-documents.ts';
import { newId, webRandom, type Random } from './random-ids.ts';
import {
  adoptOutboxes,
  InProcessSlotLocks,
  takeSlot,
  WebSlotLocks,
  type HeldSlot,
  type SlotLocks,
} from './slot.ts';
import { statusOf, type WorkspaceStatus } from './status.ts';
import { Tray } from './tray.ts';
import { completeChanges, draftChanges } from './undo-changes.ts';
import { UndoStack } from './undo-stack.ts';

export interface WorkspaceClientOptions {
  /** Where the API is: `https://host`. */
  readonly url: string;
  readonly store: DeviceStore;
  /** A Node program's session: `{ cookie: '...' }`. A browser sends its own. */
  readonly extraHeaders?: Readonly<Record<string, string>>;
  /** The reader's rights and the fields' checks, asked before an edit is sent in a new form. */
  readonly check?: IntentCheck;
  /** Default: Web Locks for a durable store, else locks among the clients of this program. */
  readonly locks?: SlotLocks;
  readonly random?: Random;
  readonly now?: () => number;
  /** Whether the server answers plain HTTP; by default its health call is asked. */
  readonly probe?: () => Promise<boolean>;
  readonly patience?: Patience;
  /** Default: Socket.IO's own. */
  readonly makeSocket?: NonNullable<ConnectionOptions['makeSocket']>;
}

export interface ActPart {
  readonly document: string;
  readonly intents: readonly Intent[];
}

export type ActHandle =
  | {
      readonly status: 'kept';
      readonly edits: readonly KeptEdit[];
      /** One outcome for each document. */
      readonly settled: Promise<readonly EditOutcome[]>;
    }
  | { readonly status: 'unchanged' }
  /** One of the documents cannot be edited now; nothing was done. */
  | { readonly status: 'refused'; readonly document: string };

const programLocks = new InProcessSlotLocks();

export async function createWorkspaceClient<Rights = unknown>(
  options: WorkspaceClientOptions,
): Promise<WorkspaceClient<Rights>> {
  const { store, random = webRandom } = options;
  const locks = options.locks ?? (store.durable ? new WebSlotLocks() : programLocks);
  const device = await store.device(newId(random));
  const held = await takeSlot(store, locks);
  await adoptOutboxes(held.slot, store, locks);
  const [tray, undo] = await Promise.all([store.readTray(), store.readUndo(held.slot)]);
  const client = new WorkspaceClient<Rights>(options, { device, held, tray, undo });
  await client.start();

  return client;
}

interface ClientRemains {
  readonly device: string;
  readonly held: HeldSlot;
  readonly tray: Awaited<ReturnType<DeviceStore['readTray']>>;
  readonly undo: Awaited<ReturnType<DeviceStore['readUndo']>>;
}

export class WorkspaceClient<Rights = unknown> {
  readonly tray: Tray;
  readonly undo: UndoStack;
  readonly connection: SyncConnection<Rights>;
  #status: WorkspaceStatus;
  #isStatusDue = false;
  readonly #store: DeviceStore;
  readonly #journal: Journal;
  readonly #device: string;
  readonly #held: HeldSlot;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #check: IntentCheck;
  readonly #documents = new OpenDocuments<Rights>((name, register) => this.#load(name, register));
  readonly #statuses = new Listeners<WorkspaceStatus>();
  readonly #onOnline = (): void => {
    this.connection.connect();
  };
  readonly #onOffline = (): void => {
    this.connection.networkLost();
  };

  /** @see createWorkspaceClient */
  constructor(options: WorkspaceClientOptions, { device, held, tray, undo }: ClientRemains) {
    const { url, store, extraHeaders, random = webRandom, now = Date.now, patience } = options;
    this.#store = store;
    this.#device = device;
    this.#held = held;
    this.#random = random;
    this.#now = now;
    this.#check = options.check ?? admitAll;
    this.#journal = new Journal(store, random);
    this.tray = new Tray(tray, {
      journal: this.#journal,
      now,
      resend: (document, intents, sent) => {
        if (this.#resend({ document, intents }, sent)) return 'sent';
        void this.#resendLater({ document, intents }, sent);

        return 'later';
      },
      taken: (edit) => {
        this.undo.forget(edit);
      },
    });
    this.undo = this.#makeUndoStack(undo);
    this.connection = new SyncConnection({
      url,
      random,
      probe: options.probe ?? ((): Promise<boolean> => answersHttp(url)),
      ...(extraHeaders !== undefined && { extraHeaders }),
      ...(patience !== undefined && { patience }),
      ...(options.makeSocket !== undefined && { makeSocket: options.makeSocket }),
    });
    this.#status = this.#readStatus();
  }

  /** Sends what earlier visits left, and connects. */
  async start(): Promise<void> {
    this.connection.onStatus(this.#changed);
    this.#journal.onHealth(this.#changed);
    this.tray.onChange(this.#changed);
    if (typeof addEventListener === 'function') {
      addEventListener('online', this.#onOnline);
      addEventListener('offline', this.#onOffline);
    }
    const entries = await this.#store.readOutbox();
    const own = entries.filter(({ slot }) => slot === this.#held.slot);
    // What an older or newer program left stays on the device for that program.
    const left = new Set(own.map(({ document }) => document).filter(isDocumentName));
    await Promise.all([...left].map((document) => this.#openLeft(document)));
    this.connection.connect();
  }

  get status(): WorkspaceStatus {
    return this.#status;
  }

  onStatus(listener: Listener<WorkspaceStatus>): Unsubscribe {
    return this.#statuses.add(listener);
  }

  /** Opens a document, with what the device has of it; `whenReady` waits for the server where that is nothing. */
  open(name: string): Promise<SyncDocument<Rights>> {
    return this.#documents.open(name);
  }

  /** The counterpart of `open`. A document with unsent edits stays until they are settled. */
  leave(name: string): void {
    this.#documents.leave(name);
  }

  /** Makes an act of a person, which undo takes back as one: edits in one document, or in several. */
  act(parts: readonly ActPart[]): ActHandle {
    const group = newId(this.#random);
    const blocked = parts.find((part) => this.#documents.ready(part.document) === undefined);
    if (blocked !== undefined) return { status: 'refused', document: blocked.document };
    const edits: KeptEdit[] = [];
    const settled: Promise<EditOutcome>[] = [];
    const changes = parts.flatMap(({ document: name, intents }) => {
      const document = this.#documents.ready(name);
      if (document === undefined) return [];
      const drafts = draftChanges(name, intents, document.records);
      const handle = document.edit(intents, { group });
      if (handle.status !== 'kept') return [];
      edits.push(...handle.edits);
      settled.push(handle.settled);

      return completeChanges(drafts, handle.edits);
    });
    if (edits.length === 0) return { status: 'unchanged' };
    this.undo.record(changes);

    return { status: 'kept', edits, settled: Promise.all(settled) };
  }

  /** Resolves when every edit of this tab is committed or in the tray. */
  async whenSettled(): Promise<void> {
    while (this.#unsent() > 0) {
      await new Promise<void>((resolve) => {
        const stop = this.onStatus(() => {
          stop();
          resolve();
        });
      });
    }
  }

  /** Resolves when the device holds everything typed. */
  flush(): Promise<void> {
    return this.#journal.flush();
  }

  async close(): Promise<void> {
    if (typeof removeEventListener === 'function') {
      removeEventListener('online', this.#onOnline);
      removeEventListener('offline', this.#onOffline);
    }
    await this.#documents.closeAll();
    this.connection.close();
    await this.#journal.flush();
    this.#journal.close();
    this.#held.release();
  }

  async #load(name: string, register: Register): Promise<SyncDocument<Rights>> {
    await this.#journal.flush();
    const { slot } = this.#held;
    const [stored, lease, entries] = await Promise.all([
      this.#store.readDocument(name),
      this.#store.readLease(name, slot),
      this.#store.readOutbox(),
    ]);
    const outbox = entries.filter((entry) => entry.document === name && entry.slot === slot);

    return new SyncDocument<Rights>({
      ...{ name, register, slot, device: this.#device, connection: this.connection },
      ...{ journal: this.#journal, tray: this.tray, check: this.#check },
      ...{ random: this.#random, now: this.#now },
      remains: { stored, lease, outbox },
      changed: this.#changed,
    });
  }

  #resend(part: ActPart, sent: () => void): boolean {
    if (this.act([part]).status === 'refused') return false;
    sent();

    return true;
  }

  async #resendLater(part: ActPart, sent: () => void): Promise<void> {
    if (!isDocumentName(part.document)) return;
    const document = await this.open(part.document);
    await document.whenReady();
    this.#resend(part, sent);
    this.leave(part.document);
  }

  /** A document that is only open because edits of an earlier visit have to be sent. */
  async #openLeft(name: string): Promise<void> {
    await this.open(name);
    this.leave(name);
  }

  #makeUndoStack(kept: ClientRemains['undo']): UndoStack {
    return new UndoStack(kept, {
      slot: this.#held.slot,
      journal: this.#journal,
      target: {
        records: (document) => this.#documents.ready(document)?.records,
        edit: (document, intents, group) => {
          const handle = this.#documents.ready(document)?.edit(intents, { group });

          return handle?.status === 'kept' ? handle.edits : [];
        },
        newGroup: () => newId(this.#random),
      },
    });
  }

  readonly #changed = (): void => {
    if (this.#isStatusDue) return;
    this.#isStatusDue = true;
    queueMicrotask(() => {
      this.#isStatusDue = false;
      this.#documents.releaseUnused();
      const status = this.#readStatus();
      if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
      this.#status = status;
      this.#statuses.notify(status);
    });
  };

  #unsent(): number {
    return this.#documents.loaded().reduce((sum, document) => sum + document.unsent, 0);
  }

  #readStatus(): WorkspaceStatus {
    return statusOf({
      connection: this.connection.status,
      unsent: this.#unsent(),
      notAccepted: this.tray.items.length,
      unavailable: this.#documents.loaded().some((document) => document.isUnavailable),
      device: this.#journal.health,
    });
  }
}

async function answersHttp(url: string): Promise<boolean> {
  const response = await fetch(new URL('/api/health/live', url), { cache: 'no-store' });

  return response.ok;
}
