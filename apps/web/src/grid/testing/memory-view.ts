/** A register that lives in memory: for tests of the grid, and for looking at it without a server. */
import type { Decision } from '@lodestone/access-policy';
import {
  archivedField,
  fold,
  isArchived,
  namesOf,
  sameValue,
  titleOf,
  findRegister,
  type CompartmentId,
  type Language,
  type RecordId,
  type Register,
  type RegisterRecord,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import type {
  Act,
  ActOutcome,
  Attention,
  CellEdit,
  CompartmentMark,
  Peer,
  RegisterView,
  UndoOutcome,
} from '../view.ts';

export interface MemoryViewOptions {
  readonly register: Register;
  readonly records: readonly RegisterRecord[];
  /** Records of the registers that references name. */
  readonly others?: Readonly<Record<string, readonly RegisterRecord[]>>;
  readonly language?: Language;
  readonly mark?: CompartmentMark;
  /** What may be edited; everything where nothing is said. */
  decide?(id: RecordId, field: string, to?: Value): Decision;
}

/** What an act did, so that it can be undone. */
interface Step {
  readonly cells: readonly (CellEdit & { readonly was: Value })[];
}

const publicMark: CompartmentMark = { id: 'public' as CompartmentId, marking: 'PUBLIC' };

export class MemoryView implements RegisterView {
  readonly register: Register;
  readonly acts: Act[] = [];
  /** Where the person was last said to stand. */
  stood: { at: { record: RecordId; field: string } | null; editing: boolean } | undefined;
  readonly #records = new Map<RecordId, RegisterRecord>();
  readonly #options: MemoryViewOptions;
  readonly #idListeners = new Set<() => void>();
  readonly #recordListeners = new Map<RecordId, Set<() => void>>();
  readonly #changeListeners = new Set<(changed: ReadonlySet<RecordId>) => void>();
  readonly #peerListeners = new Map<RecordId, Set<() => void>>();
  readonly #peers = new Map<RecordId, readonly Peer[]>();
  readonly #attention = new Map<RecordId, ReadonlyMap<string, Attention>>();
  readonly #attentionListeners = new Map<RecordId, Set<() => void>>();
  readonly #surroundings = new Map<Language, Surroundings>();
  readonly #aroundListeners = new Set<() => void>();
  #language: Language;
  #ids: readonly RecordId[];
  #undoable: Step[] = [];
  #redoable: Step[] = [];
  #made = 0;

  constructor(options: MemoryViewOptions) {
    this.register = options.register;
    this.#options = options;
    this.#language = options.language ?? 'en';
    for (const record of options.records) this.#records.set(record.id, record);
    this.#ids = this.#listIds();
  }

  isReady(): boolean {
    return true;
  }

  ids(): readonly RecordId[] {
    return this.#ids;
  }

  subscribeIds(listener: () => void): () => void {
    return join(this.#idListeners, listener);
  }

  record(id: RecordId): RegisterRecord | undefined {
    return this.#records.get(id);
  }

  subscribeRecord(id: RecordId, listener: () => void): () => void {
    return join(listenersFor(this.#recordListeners, id), listener);
  }

  subscribeChanges(listener: (changed: ReadonlySet<RecordId>) => void): () => void {
    return join(this.#changeListeners, listener);
  }

  markOf(): CompartmentMark {
    return this.#options.mark ?? publicMark;
  }

  compartments(): readonly CompartmentMark[] {
    return [this.markOf()];
  }

  decide(id: RecordId, field: string, to?: Value): Decision {
    return this.#options.decide?.(id, field, to) ?? { effect: 'permit', rule: 'memory' };
  }

  around(): Surroundings {
    let around = this.#surroundings.get(this.#language);
    if (around === undefined) {
      around = this.#surroundingsIn(this.#language);
      this.#surroundings.set(this.#language, around);
    }

    return around;
  }

  subscribeSurroundings(listener: () => void): () => void {
    return join(this.#aroundListeners, listener);
  }

  speak(language: Language): void {
    this.#language = language;
    for (const listener of [...this.#aroundListeners]) listener();
  }

  candidates(register: string) {
    const target = findRegister(register);

    return (this.#options.others?.[register] ?? []).map((record) => ({
      id: record.id,
      title: target === undefined ? record.id : titleOf(target, record, this.#language),
      record,
    }));
  }

  act(act: Act): ActOutcome {
    for (const { record, field, value } of act.edits) {
      const decision = this.decide(record, field, value);
      if (decision.effect === 'deny') return { status: 'denied', record, field, decision };
    }
    this.acts.push(act);
    const created = (act.created ?? []).map(({ fields }) => this.#make(fields));
    const births = created.map((record) => ({
      record,
      field: archivedField,
      value: null,
      was: true,
    }));
    const cells = act.edits.map((edit) => ({ ...edit, was: this.#valueOf(edit) }));
    this.#write(act.edits);
    if (created.length > 0) this.#list();
    this.#undoable.push({ cells: [...births, ...cells] });
    this.#redoable = [];

    return { status: 'done', created };
  }

  undo(): UndoOutcome {
    return this.#takeBack(this.#undoable, this.#redoable);
  }

  redo(): UndoOutcome {
    return this.#takeBack(this.#redoable, this.#undoable);
  }

  peersAt(id: RecordId): readonly Peer[] {
    return this.#peers.get(id) ?? nobody;
  }

  subscribePeers(id: RecordId, listener: () => void): () => void {
    return join(listenersFor(this.#peerListeners, id), listener);
  }

  attentionAt(id: RecordId): ReadonlyMap<string, Attention> {
    return this.#attention.get(id) ?? nothing;
  }

  subscribeAttention(id: RecordId, listener: () => void): () => void {
    return join(listenersFor(this.#attentionListeners, id), listener);
  }

  /** Cells of a record begin to wait for the reader's word, or cease to. */
  callFor(id: RecordId, attention: ReadonlyMap<string, Attention>): void {
    this.#attention.set(id, attention);
    tell(this.#attentionListeners.get(id));
  }

  stand(
    at: { readonly record: RecordId; readonly field: string } | null,
    state: { readonly editing: boolean },
  ): void {
    this.stood = { at, editing: state.editing };
  }

  /** Another person changes cells: no act of this one, and nothing he could undo. */
  changeByOther(edits: readonly CellEdit[]): void {
    this.#write(edits);
  }

  makeByOther(fields: Readonly<Record<string, Value>>): RecordId {
    const id = this.#make(fields);
    this.#list();

    return id;
  }

  /** Puts a peer somewhere, in place of where he was. */
  place(peer: Peer): void {
    const touched = new Set([peer.record]);
    for (const [record, peers] of this.#peers) {
      if (!peers.some(({ session }) => session === peer.session)) continue;
      this.#peers.set(
        record,
        peers.filter(({ session }) => session !== peer.session),
      );
      touched.add(record);
    }
    this.#peers.set(peer.record, [...this.peersAt(peer.record), peer]);
    for (const record of touched) tell(this.#peerListeners.get(record));
  }

  #make(fields: Readonly<Record<string, Value>>): RecordId {
    this.#made += 1;
    const id = `made-${String(this.#made)}` as RecordId;
    this.#records.set(id, { id, fields });

    return id;
  }

  #takeBack(from: Step[], to: Step[]): UndoOutcome {
    const step = from.pop();
    const first = step?.cells[0];
    if (step === undefined || first === undefined) return { status: 'nothing' };
    const apply = () => {
      to.push({ cells: step.cells.map((cell) => ({ ...cell, value: cell.was, was: cell.value })) });
      this.#write(step.cells.map((cell) => ({ ...cell, value: cell.was })));
    };
    const changed = step.cells.find((cell) => !sameValue(this.#valueOf(cell), cell.value));
    if (changed !== undefined) {
      return {
        status: 'changed-since',
        record: changed.record,
        field: changed.field,
        now: this.#valueOf(changed),
        left: changed.value,
        restored: changed.was,
        undoAnyway: apply,
      };
    }
    apply();
    const { record, field } = first;

    return { status: 'done', record, field: field === archivedField ? undefined : field };
  }

  #valueOf({ record, field }: { readonly record: RecordId; readonly field: string }): Value {
    return this.#records.get(record)?.fields[field] ?? null;
  }

  #write(edits: readonly CellEdit[]): void {
    const changed = new Set<RecordId>();
    for (const { record, field, value } of edits) {
      const before = this.#records.get(record);
      if (before === undefined) continue;
      const { [field]: _was, ...rest } = before.fields;
      const fields = value === null ? rest : { ...rest, [field]: value };
      this.#records.set(record, { id: record, fields });
      changed.add(record);
    }
    for (const id of changed) tell(this.#recordListeners.get(id));
    if (edits.some(({ field }) => field === archivedField)) this.#list();
    for (const listener of [...this.#changeListeners]) listener(changed);
  }

  #list(): void {
    this.#ids = this.#listIds();
    tell(this.#idListeners);
  }

  #listIds(): readonly RecordId[] {
    return [...this.#records.values()].filter((record) => !isArchived(record)).map(({ id }) => id);
  }

  #surroundingsIn(language: Language): Surroundings {
    const find = (register: string, text: string) => {
      const target = findRegister(register);
      const wanted = fold(text);

      return this.#options.others?.[register]?.find(
        (record) => target !== undefined && namesOf(target, record).includes(wanted),
      )?.id;
    };
    const titles = new Map<string, string>();
    for (const [name, records] of Object.entries(this.#options.others ?? {})) {
      const target = findRegister(name);
      for (const record of records) {
        if (target !== undefined)
          titles.set(`${name}/${record.id}`, titleOf(target, record, language));
      }
    }

    return {
      language,
      titleOf: (register, record) => titles.get(`${register}/${record}`),
      recordFor: find,
    };
  }
}

const nobody: readonly Peer[] = [];
const nothing: ReadonlyMap<string, Attention> = new Map();

function join<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);

  return () => {
    listeners.delete(listener);
  };
}

function tell(listeners: ReadonlySet<() => void> | undefined): void {
  for (const listener of [...(listeners ?? [])]) listener();
}

function listenersFor<T>(all: Map<RecordId, Set<T>>, id: RecordId): Set<T> {
  let listeners = all.get(id);
  if (listeners === undefined) {
    listeners = new Set();
    all.set(id, listeners);
  }

  return listeners;
}
