/** One document as a program sees it: records to read, edits to make, people and conflicts to show. */
import type { Intent, RecordId, Register, RegisterRecords } from '@lodestone/document-model';
import type { ConflictEvent, PersonPresent, RejectionCode } from '@lodestone/sync-protocol';
import { Conflicts } from './conflicts.ts';
import type { DocumentEvents, SyncConnection } from './connection.ts';
import type { Journal } from './device-store/journal.ts';
import { DocumentLink } from './document-link.ts';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';
import type { IntentCheck } from './local-check.ts';
import { Presence, type Standing } from './presence.ts';
import { newId, type Random } from './random-ids.ts';
import { Replica, type ReplicaRemains } from './replica.ts';
import type { Tray } from './tray.ts';
import type { TrayItem } from './tray-item.ts';

/**
 * `loading`: never opened on this device, and not yet answered · `ready`: it can be read and edited, connected or not ·
 * `closed`: it may no longer be read.
 */
export type DocumentState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready' }
  | { readonly status: 'closed'; readonly code: RejectionCode };

export type EditOutcome =
  /** It is in the log at `seq`, or before it where its own answer was lost and an opening brought it. */
  | { readonly outcome: 'committed'; readonly seq: number }
  | { readonly outcome: 'not-accepted'; readonly item: TrayItem };

export interface KeptEdit {
  readonly edit: string;
  readonly intents: readonly Intent[];
}

export type EditHandle =
  /** On the screen and in the outbox; it took several edits where it is too large for one. */
  | {
      readonly status: 'kept';
      readonly group: string;
      readonly edits: readonly KeptEdit[];
      /** When all its edits are committed or in the tray; the first that is in the tray counts. */
      readonly settled: Promise<EditOutcome>;
    }
  /** All of it is so already. */
  | { readonly status: 'unchanged' }
  /** There is nothing here to edit. */
  | { readonly status: 'refused'; readonly code: RejectionCode };

export interface EditOptions {
  /** The act that the edit is part of, where it has several parts. */
  readonly group?: string;
}

export interface DocumentOptions<Rights> {
  readonly name: string;
  readonly register: Register;
  readonly device: string;
  readonly slot: number;
  readonly connection: SyncConnection<Rights>;
  readonly journal: Journal;
  readonly tray: Tray;
  readonly check: IntentCheck;
  readonly random: Random;
  readonly now: () => number;
  readonly remains: ReplicaRemains;
  /** Something of `unsent`, `isUnavailable` or `state` changed. */
  readonly changed: () => void;
}

export class SyncDocument<Rights = unknown> {
  readonly name: string;
  readonly register: Register;
  #state: DocumentState = { status: 'loading' };
  #rights: Rights | undefined;
  readonly #options: DocumentOptions<Rights>;
  readonly #replica: Replica;
  readonly #link: DocumentLink<Rights>;
  readonly #presence: Presence;
  readonly #conflicts: Conflicts;
  readonly #waiting = new Map<string, (outcome: EditOutcome) => void>();
  readonly #changes = new Listeners<ReadonlySet<RecordId>>();
  readonly #states = new Listeners<DocumentState>();
  readonly #rightsChanges = new Listeners<Rights>();

  constructor(options: DocumentOptions<Rights>) {
    const { name, register, connection } = options;
    this.name = name;
    this.register = register;
    this.#options = options;
    this.#replica = this.#makeReplica();
    this.#link = this.#makeLink();
    this.#presence = new Presence((standing) => {
      connection.stand({ document: name, ...standing });
    });
    this.#conflicts = new Conflicts((seq) => {
      connection.read(name, seq);
    });
    this.#replica.restore(options.remains);
    if (this.#replica.isPresent) this.#state = { status: 'ready' };
  }

  get state(): DocumentState {
    return this.#state;
  }

  /** What the reader may do here; undefined until the first answer of this visit. */
  get rights(): Rights | undefined {
    return this.#rights;
  }

  /** The present records. Ask again after each change: a refusal puts another object in its place. */
  get records(): RegisterRecords {
    return this.#replica.records;
  }

  /** Everything up to here is on the screen. */
  get seq(): number {
    return this.#replica.seq;
  }

  /** Edits that are not committed. */
  get unsent(): number {
    return this.#replica.outbox.size;
  }

  /** Whether the server stores nothing of it at present. */
  get isUnavailable(): boolean {
    return this.#link.isUnavailable;
  }

  /** The others who are in it; the same array until someone moves. */
  get people(): readonly PersonPresent[] {
    return this.#presence.people;
  }

  get conflicts(): readonly ConflictEvent[] {
    return this.#conflicts.all;
  }

  /** Called with the records whose cells changed, whoever changed them. */
  onChange(listener: Listener<ReadonlySet<RecordId>>): Unsubscribe {
    return this.#changes.add(listener);
  }

  onState(listener: Listener<DocumentState>): Unsubscribe {
    return this.#states.add(listener);
  }

  onRights(listener: Listener<Rights>): Unsubscribe {
    return this.#rightsChanges.add(listener);
  }

  onPeople(listener: Listener<readonly PersonPresent[]>): Unsubscribe {
    return this.#presence.onPeople(listener);
  }

  onConflicts(listener: Listener<readonly ConflictEvent[]>): Unsubscribe {
    return this.#conflicts.onChange(listener);
  }

  /** Resolves with the state that ends the loading. */
  whenReady(): Promise<DocumentState> {
    if (this.#state.status !== 'loading') return Promise.resolve(this.#state);

    return new Promise((resolve) => {
      const stop = this.onState((state) => {
        stop();
        resolve(state);
      });
    });
  }

  edit(intents: readonly Intent[], options: EditOptions = {}): EditHandle {
    if (this.#state.status === 'closed') return { status: 'refused', code: this.#state.code };
    if (this.#state.status === 'loading') return { status: 'refused', code: 'unavailable' };
    const group = options.group ?? newId(this.#options.random);
    const entries = this.#replica.edit(intents, group);
    if (entries.length === 0) return { status: 'unchanged' };
    const edits = entries.map((entry) => ({ edit: entry.edit, intents: entry.intents }));
    const settled = Promise.all(edits.map(({ edit }) => this.#outcomeOf(edit))).then(firstRefusal);
    this.#options.changed();

    return { status: 'kept', group, edits, settled };
  }

  /** Tells the others where this person stands. */
  stand(at: Standing['at'], { editing }: Pick<Standing, 'editing'>): void {
    this.#presence.stand({ at, editing });
  }

  /** Conflicts up to a sequence have been shown to their reader. */
  markRead(seq: number): void {
    this.#conflicts.markRead(seq);
  }

  /** Joins the connection, for as long as the client keeps the document open. */
  attach(): void {
    this.#options.connection.attach(this.name, this.#events());
  }

  detach(): void {
    this.#options.connection.detach(this.name);
    this.#link.end();
    this.#presence.disconnected();
  }

  #events(): DocumentEvents<Rights> {
    const [link, presence, conflicts] = [this.#link, this.#presence, this.#conflicts];

    return {
      connected: () => {
        link.connected();
      },
      disconnected: () => {
        presence.disconnected();
        link.disconnected();
      },
      update: (event) => {
        link.heard(event);
      },
      presence: (event) => {
        presence.receive(event);
      },
      conflict: (event) => {
        conflicts.receive(event);
      },
      rights: ({ rights }) => {
        this.#setRights(rights);
      },
      closed: (event) => {
        link.closedByServer(event);
      },
    };
  }

  #makeReplica(): Replica {
    const { name, register, slot, journal, random, now, check, tray, changed } = this.#options;

    return new Replica({
      ...{ document: name, register, slot, journal, random, now, check },
      hooks: {
        changed: (records) => {
          if (records.size > 0) this.#changes.notify(records);
        },
        turnedDown: (entry, why) => {
          const item = tray.take(entry, why);
          this.#settle(entry.edit, { outcome: 'not-accepted', item });
          changed();
        },
        settled: (edit, seq) => {
          this.#settle(edit, { outcome: 'committed', seq });
          changed();
        },
        written: () => {
          this.#link.pump();
        },
        isSending: () => this.#link.isOpen,
        rights: () => this.#rights,
      },
    });
  }

  #makeLink(): DocumentLink<Rights> {
    const { name, device, connection, random, changed } = this.#options;

    return new DocumentLink({
      ...{ document: name, device, connection, random },
      replica: this.#replica,
      hooks: {
        rights: (rights) => {
          this.#setRights(rights);
        },
        opened: () => {
          this.#setState({ status: 'ready' });
          this.#presence.connected();
          this.#conflicts.connected();
        },
        closed: (code) => {
          connection.detach(name);
          this.#presence.disconnected();
          this.#setState({ status: 'closed', code });
        },
        changed,
      },
    });
  }

  #outcomeOf(edit: string): Promise<EditOutcome> {
    return new Promise((resolve) => {
      this.#waiting.set(edit, resolve);
    });
  }

  #settle(edit: string, outcome: EditOutcome): void {
    this.#waiting.get(edit)?.(outcome);
    this.#waiting.delete(edit);
  }

  #setRights(rights: Rights): void {
    this.#rights = rights;
    this.#rightsChanges.notify(rights);
  }

  #setState(state: DocumentState): void {
    if (state.status === this.#state.status) return;
    this.#state = state;
    this.#states.notify(state);
    this.#options.changed();
  }
}

function firstRefusal(outcomes: readonly EditOutcome[]): EditOutcome {
  const refused = outcomes.find((outcome) => outcome.outcome === 'not-accepted');
  const outcome = refused ?? outcomes.at(-1);
  if (outcome === undefined) throw new Error('an act has at least one edit');

  return outcome;
}
