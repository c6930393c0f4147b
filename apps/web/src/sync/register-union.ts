/** A register as the screens see it: its documents in all compartments of the reader, joined to one list of records. */
import type { Decision, PartyNames } from '@lodestone/access-policy';
import {
  isArchived,
  type RecordId,
  type Register,
  type RegisterRecord,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import type { SyncDocument } from '@lodestone/sync-provider';
import type {
  Act,
  ActOutcome,
  Attention,
  CompartmentMark,
  Peer,
  RegisterView,
  UndoOutcome,
} from '../registers/register-view.ts';
import type { AttentionIndex } from './attention-index.ts';
import { RecordNames, type Candidate } from './record-names.ts';
import { decideCell } from './cell-rights.ts';
import type { DocumentRights } from './document-rights.ts';
import { ListenerMap, Listeners } from './listeners.ts';
import { PeerIndex } from './peer-index.ts';
import type { PersonHere } from './workspace-port.ts';

/** One document of the register, in the compartment whose marking it bears. */
export interface Part {
  readonly mark: CompartmentMark;
  readonly document: SyncDocument<DocumentRights>;
  rights(): DocumentRights;
}

/** What a union asks of the workspace it belongs to. */
export interface UnionHost {
  around(): Surroundings;
  union(register: string): RegisterUnion | undefined;
  act(union: RegisterUnion, act: Act): ActOutcome;
  undo(): UndoOutcome;
  redo(): UndoOutcome;
  /** What the reader's register calls a party, for explanations. */
  readonly partyNames: PartyNames;
  readonly attention: AttentionIndex;
  /** Records of this register changed: whoever shows their titles draws again. */
  changed(union: RegisterUnion): void;
}

const nobody: readonly Peer[] = [];

export class RegisterUnion implements RegisterView {
  readonly register: Register;
  readonly #host: UnionHost;
  readonly #parts: Part[] = [];
  readonly #homes = new Map<RecordId, Part>();
  #listed = new Set<RecordId>();
  #ids: readonly RecordId[] = [];
  #isComplete = false;
  readonly #names: RecordNames;
  readonly #peers = new PeerIndex();
  readonly #idListeners = new Listeners();
  readonly #surroundingListeners = new Listeners();
  readonly #recordListeners = new ListenerMap<RecordId>();
  readonly #peerListeners = new ListenerMap<RecordId>();
  readonly #peopleListeners = new Listeners();
  readonly #changeListeners = new Set<(changed: ReadonlySet<RecordId>) => void>();
  #changed = new Set<RecordId>();
  #stood: Part | undefined;
  readonly #undo: (() => void)[] = [];

  constructor(register: Register, host: UnionHost) {
    this.register = register;
    this.#host = host;
    this.#names = new RecordNames(register, () => this.#listedRecords());
  }

  /** All documents have been asked for; the list is complete once each has been read. */
  complete(): void {
    this.#isComplete = true;
    this.#idListeners.notify();
  }

  add(part: Part): void {
    this.#parts.push(part);
    const { document } = part;
    this.#undo.push(
      document.onChange((records) => {
        this.#take(part, records);
      }),
      document.onState(() => {
        this.#take(part, [...document.records.ids()]);
        this.#idListeners.notify();
      }),
      document.onRights(() => {
        this.redraw();
      }),
      document.onPeople((people) => {
        this.#peerListeners.notify(this.#peers.replace(document.name, people));
        this.#peopleListeners.notify();
      }),
    );
    this.#take(part, [...document.records.ids()]);
  }

  dispose(): void {
    for (const undo of this.#undo.splice(0)) undo();
  }

  get parts(): readonly Part[] {
    return this.#parts;
  }

  isReady(): boolean {
    return (
      this.#isComplete && this.#parts.every(({ document }) => document.state.status !== 'loading')
    );
  }

  ids(): readonly RecordId[] {
    return this.#ids;
  }

  subscribeIds(listener: () => void): () => void {
    return this.#idListeners.add(listener);
  }

  record(id: RecordId): RegisterRecord | undefined {
    return this.#homes.get(id)?.document.records.get(id);
  }

  subscribeRecord(id: RecordId, listener: () => void): () => void {
    return this.#recordListeners.add(id, listener);
  }

  subscribeChanges(listener: (changed: ReadonlySet<RecordId>) => void): () => void {
    this.#changeListeners.add(listener);

    return () => {
      this.#changeListeners.delete(listener);
    };
  }

  homeOf(id: RecordId): Part | undefined {
    return this.#homes.get(id);
  }

  markOf(id: RecordId): CompartmentMark | undefined {
    return this.#homes.get(id)?.mark;
  }

  compartments(): readonly CompartmentMark[] {
    return this.#parts
      .filter(({ document }) => document.state.status === 'ready')
      .map(({ mark }) => mark);
  }

  decide(id: RecordId, field: string, to?: Value): Decision {
    const [home, record] = [this.#homes.get(id), this.record(id)];
    if (home === undefined || record === undefined) return gone;
    const question = { register: this.register, record, field, ...(to !== undefined && { to }) };

    return decideCell(question, home.rights(), this.#host.partyNames);
  }

  around(): Surroundings {
    return this.#host.around();
  }

  subscribeSurroundings(listener: () => void): () => void {
    return this.#surroundingListeners.add(listener);
  }

  candidates(register: string): readonly Candidate[] {
    return this.#host.union(register)?.named() ?? [];
  }

  /** The records of this register as references name them. */
  named(): readonly Candidate[] {
    return this.#names.candidates(this.#host.around().language);
  }

  find(text: string): RecordId | undefined {
    return this.#names.find(text, this.#host.around().language);
  }

  act(act: Act): ActOutcome {
    return this.#host.act(this, act);
  }

  undo(): UndoOutcome {
    return this.#host.undo();
  }

  redo(): UndoOutcome {
    return this.#host.redo();
  }

  peersAt(id: RecordId): readonly Peer[] {
    return this.#peers.at(id) ?? nobody;
  }

  subscribePeers(id: RecordId, listener: () => void): () => void {
    return this.#peerListeners.add(id, listener);
  }

  attentionAt(id: RecordId): ReadonlyMap<string, Attention> {
    return this.#host.attention.at(this.register.name, id);
  }

  subscribeAttention(id: RecordId, listener: () => void): () => void {
    return this.#host.attention.subscribe(this.register.name, id, listener);
  }

  /** Everybody whose screen shows the register, each session once. */
  everyone(): readonly PersonHere[] {
    return this.#peers.everyone().map(({ user, name, party, at }) => ({
      person: user,
      name,
      party,
      ...(at !== null && { record: at.record as RecordId, field: at.field }),
    }));
  }

  subscribePeople(listener: () => void): () => void {
    return this.#peopleListeners.add(listener);
  }

  stand(
    at: { readonly record: RecordId; readonly field: string } | null,
    { editing }: { readonly editing: boolean },
  ): void {
    const home = at === null ? undefined : this.#homes.get(at.record);
    if (this.#stood !== home) this.#stood?.document.stand(null, { editing: false });
    this.#stood = home;
    home?.document.stand(at, { editing });
  }

  /** Something every row shows is different now: titles of other registers, the reader's rights or language. */
  redraw(): void {
    this.#names.forget();
    this.#surroundingListeners.notify();
  }

  *#listedRecords(): Iterable<RegisterRecord> {
    for (const id of this.#ids) {
      const record = this.record(id);
      if (record !== undefined) yield record;
    }
  }

  #take(part: Part, changed: Iterable<RecordId>): void {
    const { records } = part.document;
    let isListChanged = false;
    for (const id of changed) {
      const record = records.get(id);
      if (record === undefined) this.#homes.delete(id);
      else this.#homes.set(id, part);
      const isListed = record !== undefined && !isArchived(record);
      if (isListed !== this.#listed.has(id)) {
        isListChanged = true;
        if (isListed) this.#listed.add(id);
        else this.#listed.delete(id);
      }
      this.#note(id);
    }
    if (isListChanged) {
      this.#ids = [...this.#listed];
      this.#idListeners.notify();
    }
  }

  #note(id: RecordId): void {
    this.#recordListeners.notify([id]);
    if (this.#changed.size === 0) requestAnimationFrame(this.#announce);
    this.#changed.add(id);
  }

  readonly #announce = (): void => {
    const changed = this.#changed;
    this.#changed = new Set();
    this.#names.forget();
    for (const listener of this.#changeListeners) listener(changed);
    this.#host.changed(this);
  };
}

const gone: Decision = {
  effect: 'deny',
  reason: { en: 'This record is not available.', ja: 'この記録は表示できません。' },
  remedy: { en: 'Nothing can be done here.', ja: 'ここでできることはありません。' },
};
