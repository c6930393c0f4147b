/**
 * One document on this device: acknowledged state, the edits on their way, and what the screen shows of both. It knows
 * what each answer of the server means for them, and nothing of sockets.
 */
import {
  generationHash,
  type Intent,
  type RecordId,
  type Register,
  type RegisterRecords,
} from '@lodestone/document-model';
import type { ClosedEvent, Opened, UpdateEvent } from '@lodestone/sync-protocol';
import { AcknowledgedState } from './acknowledged-state.ts';
import type { OpenRequest } from './connection.ts';
import type { Committed } from './delivery.ts';
import type {
  OutboxEntry,
  StoredDocument,
  StoredLease,
  StoredState,
} from './device-store/device-store.ts';
import type { Journal } from './device-store/journal.ts';
import { explain, findObstacle, type CheckedPlace, type IntentCheck } from './local-check.ts';
import { Outbox, type PendingEdit } from './outbox.ts';
import { newId, newProvisionalId, type Random } from './random-ids.ts';
import { splitIntents } from './split-intents.ts';
import type { NotAccepted } from './tray-item.ts';
import { VisibleDocument } from './visible-document.ts';

interface ReplicaHooks {
  changed(records: ReadonlySet<RecordId>): void;
  /** The edit left the outbox for the tray; to be kept there in the same step as it is removed here. */
  turnedDown(entry: OutboxEntry, why: NotAccepted): void;
  settled(edit: string, seq: number): void;
  /** Edits are on the device and may be sent. */
  written(): void;
  /** Whether what is written now is sent at once. */
  isSending(): boolean;
  /** The server's last word on them. */
  rights(): unknown;
}

export interface ReplicaOptions {
  readonly document: string;
  readonly register: Register;
  readonly slot: number;
  readonly journal: Journal;
  readonly random: Random;
  readonly now: () => number;
  readonly check: IntentCheck;
  readonly hooks: ReplicaHooks;
}

/** What was on the device. */
export interface ReplicaRemains {
  readonly stored: StoredDocument | undefined;
  readonly lease: StoredLease | undefined;
  readonly outbox: readonly OutboxEntry[];
}

type NextGeneration = Extract<ClosedEvent, { readonly code: 'generation' }>;

export class Replica {
  readonly outbox: Outbox;
  readonly #options: ReplicaOptions;
  #visible: VisibleDocument;
  #acknowledged: AcknowledgedState | undefined;
  /** The id that edits are written with; one without a lease never leaves the device. */
  #clientId: number;
  #leased = false;
  /** Up to here the acknowledged state has this client's own edits without a gap. */
  #acknowledgedClock = 0;
  /** The screen shows bytes that the log may hold in another form: it has to be built anew. */
  #doubtful = false;
  /** The next opening asks for everything. */
  #fromNothing = false;

  constructor(options: ReplicaOptions) {
    const { journal, hooks } = options;
    this.#options = options;
    this.outbox = new Outbox(journal, () => {
      hooks.written();
    });
    this.#visible = new VisibleDocument(options.register, []);
    this.#clientId = newProvisionalId(options.random);
  }

  get records(): RegisterRecords {
    return this.#visible.records;
  }

  /** Whether there is a state to edit: from the server, now or on an earlier visit. */
  get isPresent(): boolean {
    return this.#acknowledged !== undefined;
  }

  get seq(): number {
    return this.#acknowledged?.seq ?? 0;
  }

  restore({ stored, lease, outbox }: ReplicaRemains): void {
    for (const entry of outbox) {
      this.outbox.add({ entry, written: true, unanswered: entry.sent ? 1 : 0, resyncs: 0 });
    }
    if (stored === undefined) return;
    const { journal } = this.#options;
    this.#acknowledged = AcknowledgedState.kept(stored, journal, () => this.#newId());
    this.#visible = this.#buildAcknowledged();
    if (lease?.generation === stored.state.generation) {
      this.#clientId = lease.clientId;
      this.#leased = true;
      this.#acknowledgedClock = this.#visible.clockOf(lease.clientId);
    }
    if (!this.#isResumed()) this.reset();
  }

  /** Writes intents, on the screen and into the outbox; nothing where all is so already. */
  edit(intents: readonly Intent[], group: string): readonly OutboxEntry[] {
    const acknowledged = this.#acknowledged;
    if (acknowledged === undefined) throw new Error('an edit needs a state to stand on');
    const { hooks } = this.#options;
    const entries: OutboxEntry[] = [];
    for (const part of splitIntents(intents)) {
      const minted = this.#visible.write(part, this.#clientId);
      if (minted === undefined) continue;
      const entry: OutboxEntry = {
        ...minted,
        edit: this.#newId(),
        document: this.#options.document,
        slot: this.#options.slot,
        order: this.outbox.takeOrder(),
        group,
        intents: part,
        seen: acknowledged.seq,
        at: this.#options.now(),
        generation: acknowledged.generation,
        clientId: this.#clientId,
        sent: hooks.isSending(),
        uncertain: false,
      };
      entries.push(entry);
      const pending: PendingEdit = { entry, written: false, unanswered: 0, resyncs: 0 };
      this.outbox.add(pending);
      this.outbox.keep([pending]);
    }
    hooks.changed(this.#visible.takeChanged());

    return entries;
  }

  /** What to tell the server of what is here. */
  request(): Pick<OpenRequest, 'stateVector' | 'clientId' | 'generation'> {
    const acknowledged = this.#acknowledged;
    if (acknowledged === undefined || this.#fromNothing) return {};

    return {
      stateVector: this.#visible.stateVector(this.#clientId, this.#acknowledgedClock),
      generation: acknowledged.generation,
      ...(this.#leased && { clientId: this.#clientId }),
    };
  }

  /** `again`: what was here could not be completed; the next request asks for everything. */
  opened(answer: Opened<unknown>): 'ready' | 'again' {
    const { clientId, generation, seq, update } = answer;
    const known = this.#acknowledged;
    const anew = known === undefined || this.#fromNothing || known.generation !== generation;
    const isSameClient = this.#leased && this.#clientId === clientId;
    if (anew) this.#receive({ document: this.#options.document, generation, seq, update });
    else known.hear({ seq, update });
    this.#leased = true;
    this.#fromNothing = false;
    if (!isSameClient || anew) this.#keepLease(clientId, generation);
    if (anew) {
      this.#rebuild(clientId);

      return 'ready';
    }

    return this.#complete(update, clientId, { isSameClient });
  }

  heard({ after, seq, update }: UpdateEvent): 'applied' | 'gap' {
    const acknowledged = this.#acknowledged;
    if (acknowledged === undefined || after > acknowledged.seq) return 'gap';
    acknowledged.hear({ seq, update });
    this.#options.hooks.changed(this.#visible.apply(update));
    this.#compact();

    return 'applied';
  }

  /** @returns `again` where it cannot be known which bytes are in the log: open again to see them */
  committed(sent: OutboxEntry, { seq, again }: Committed): 'done' | 'again' {
    const pending = this.outbox.get(sent.edit);
    if (pending === undefined) return 'done';
    this.outbox.remove(sent.edit);
    const isKnown = again !== true && pending.entry.update === sent.update;
    if (isKnown) {
      this.#acknowledged?.join({ seq, update: sent.update }, sent.edit);
      // Where an earlier one is not in it yet, the next opening brings both.
      if (sent.clock === this.#acknowledgedClock) this.#acknowledgedClock = sent.until;
    } else {
      this.outbox.forget(sent.edit);
      this.#doubtful = true;
    }
    this.#options.hooks.settled(sent.edit, seq);
    if (isKnown) this.#compact();

    return isKnown ? 'done' : 'again';
  }

  /** The server refused an edit: it and the rest of its act leave, and the others are written anew without it. */
  refuse(edit: string, why: NotAccepted): void {
    const refused = this.outbox.get(edit);
    if (refused === undefined) return;
    const { group, order } = refused.entry;
    const leaving = [...this.outbox.all()].filter(
      ({ entry }) => entry.edit === edit || (entry.group === group && entry.order > order),
    );
    for (const { entry } of leaving) this.outbox.remove(entry.edit);
    this.reset();
    const explained = this.#explain(refused.entry, why);
    for (const { entry } of leaving) {
      this.#options.hooks.turnedDown(entry, entry.edit === edit ? explained : stopped);
    }
  }

  /** Starts again from acknowledged state; the next opening asks for a new client id. */
  reset(): void {
    this.#leased = false;
    if (this.#acknowledged !== undefined) this.#rebuild(newProvisionalId(this.#options.random));
  }

  /**
   * The document goes on in a new generation. Where it was made of the records that are acknowledged here, which the hash
   * tells, it is made here too; else the next opening asks for everything.
   */
  outdate({ document, generation, seq, hash }: NextGeneration): void {
    this.#leased = false;
    const update = this.#fromNothing ? undefined : this.#encodeGeneration();
    if (update === undefined || generationHash(update) !== hash) {
      this.#fromNothing = true;
      return;
    }
    this.#receive({ document, generation, seq, update });
    this.#rebuild(newProvisionalId(this.#options.random));
  }

  /** The document may no longer be read: its content leaves the device, one's own edits go to the tray. */
  drop(why: NotAccepted): void {
    const { document, register, journal, hooks } = this.#options;
    const shown = this.#visible;
    this.#visible = new VisibleDocument(register, []);
    this.#acknowledged = undefined;
    this.#leased = false;
    void journal.write([{ change: 'drop-document', document }]);
    for (const { entry } of this.outbox.takeAll()) hooks.turnedDown(entry, why);
    this.#replace(shown);
  }

  #receive(state: StoredState): void {
    const { journal } = this.#options;
    this.#acknowledged = AcknowledgedState.received(state, journal, () => this.#newId());
  }

  #complete(
    update: Uint8Array,
    clientId: number,
    { isSameClient }: { readonly isSameClient: boolean },
  ): 'ready' | 'again' {
    const waiting = this.outbox.size > 0;
    const clock = this.#visible.clockOf(clientId);
    this.#options.hooks.changed(this.#visible.apply(update));
    if (!this.#visible.isWhole()) {
      this.#fromNothing = true;

      return 'again';
    }
    const isOvertaken = this.#visible.clockOf(clientId) > clock;
    if (this.#doubtful || (waiting && (!isSameClient || isOvertaken))) this.#rebuild(clientId);
    this.#clientId = clientId;
    if (this.outbox.size === 0) this.#acknowledgedClock = this.#visible.clockOf(clientId);
    this.#compact();

    return 'ready';
  }

  /** Puts the kept edits on top of the kept state; false where they do not fit there as they are. */
  #isResumed(): boolean {
    for (const { entry } of this.outbox.all()) {
      const fits =
        this.#leased &&
        entry.clientId === this.#clientId &&
        entry.generation === this.#acknowledged?.generation &&
        entry.clock === this.#visible.clockOf(entry.clientId);
      if (!fits) return false;
      this.#visible.apply(entry.update);
    }

    return this.outbox.size === 0 || this.#visible.isWhole();
  }

  #rebuild(clientId: number): void {
    const shown = this.#visible;
    this.#clientId = clientId;
    this.#doubtful = false;
    this.#visible = this.#buildAcknowledged();
    this.#acknowledgedClock = this.#visible.clockOf(clientId);
    const after: (() => void)[] = [];
    const stoppedGroups = new Set<string>();
    const rewritten: PendingEdit[] = [];
    for (const pending of this.outbox.takeAll()) {
      const { entry } = pending;
      const why = stoppedGroups.has(entry.group) ? stopped : this.#findObstacle(pending);
      if (why !== undefined) {
        stoppedGroups.add(entry.group);
        after.push(() => {
          this.#options.hooks.turnedDown(entry, why);
        });
        continue;
      }
      const anew = this.#rewrite(pending);
      if (anew !== undefined) {
        rewritten.push(anew);
        continue;
      }
      this.outbox.forget(entry.edit);
      after.push(() => {
        this.#options.hooks.settled(entry.edit, this.seq);
      });
    }
    // Without a lease the device keeps the form it has: these bytes will be written anew before any is sent.
    if (this.#leased) this.outbox.keep(rewritten);
    this.#visible.takeChanged();
    this.#replace(shown);
    for (const tell of after) tell();
  }

  /**
   * Asked when the edit is about to be sent: before the server was heard, what it stands on may only be missing here. An
   * edit that may be in the log already is the server's to judge: a refusal here could be untrue.
   */
  #findObstacle({ entry, unanswered }: PendingEdit): NotAccepted | undefined {
    if (!this.#leased || entry.uncertain || unanswered > 0) return undefined;

    return findObstacle(entry.intents, this.#checkedPlace(), this.#options.check);
  }

  #checkedPlace(): CheckedPlace {
    const { document, hooks } = this.#options;

    return { document, records: this.records, rights: hooks.rights() };
  }

  #explain({ intents }: OutboxEntry, why: NotAccepted): NotAccepted {
    return explain(why, findObstacle(intents, this.#checkedPlace(), this.#options.check));
  }

  /** The same edit as a new update; undefined where all of it is so already. */
  #rewrite({ entry, unanswered, resyncs }: PendingEdit): PendingEdit | undefined {
    const minted = this.#visible.write(entry.intents, this.#clientId);
    if (minted === undefined || this.#acknowledged === undefined) return undefined;
    const { generation } = this.#acknowledged;
    const place = { clientId: this.#clientId, generation };
    // Bytes of a provisional id never leave the device; others are sent at once.
    const sending = { sent: this.#leased, uncertain: entry.uncertain || unanswered > 0 };
    // The caches of the records read while checking must see it.
    this.#visible.takeChanged();
    const rewritten = { ...entry, ...minted, ...place, ...sending };
    const pending = { entry: rewritten, written: false, unanswered: 0, resyncs };
    this.outbox.add(pending);

    return pending;
  }

  #keepLease(clientId: number, generation: number): void {
    const { document, slot, journal } = this.#options;
    const lease = { document, slot, clientId, generation };
    void journal.write([{ change: 'put-lease', lease }]);
  }

  #compact(): void {
    const built = this.#isAcknowledgedShown();
    const acknowledged = this.#acknowledged;
    if (acknowledged?.isScattered({ built }) !== true) return;
    acknowledged.compact((built ? this.#visible : this.#buildAcknowledged()).encode());
  }

  #encodeGeneration(): Uint8Array | undefined {
    if (this.#acknowledged === undefined) return undefined;

    return (
      this.#isAcknowledgedShown() ? this.#visible : this.#buildAcknowledged()
    ).encodeGeneration();
  }

  /** Whether the screen shows acknowledged state, and nothing else. */
  #isAcknowledgedShown(): boolean {
    return this.outbox.size === 0 && !this.#doubtful;
  }

  #buildAcknowledged(): VisibleDocument {
    return new VisibleDocument(this.#options.register, this.#acknowledged?.updates() ?? []);
  }

  #replace(shown: VisibleDocument): void {
    this.#options.hooks.changed(shown.differencesTo(this.#visible));
    shown.destroy();
  }

  #newId(): string {
    return newId(this.#options.random);
  }
}

const stopped: NotAccepted = {
  code: 'group.stopped',
  reason: {
    en: 'An earlier part of the same action was not accepted.',
    ja: '同じ操作の前の部分が受理されませんでした。',
  },
};
