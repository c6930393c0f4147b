/** The signed-in person's workspace: the provider's documents, joined to registers and put into the screens' terms. */
import { builtInRules, type PartyNames } from '@lodestone/access-policy';
import type { MeAnswer } from '@lodestone/api-contract';
import {
  findRegister,
  formatDocumentName,
  parseDocumentName,
  registers,
  sameValue,
  titleOf,
  type CompartmentId,
  type Intent,
  type Language,
  type PartyCode,
  type RecordId,
  type Register,
  type Surroundings,
} from '@lodestone/document-model';
import {
  createWorkspaceClient,
  newId,
  openDeviceStore,
  webRandom,
  type ChangedPlace,
  type UndoOutcome as ProviderUndoOutcome,
  type WorkspaceClient,
} from '@lodestone/sync-provider';
import type { Act, ActOutcome, UndoOutcome } from '../registers/register-view.ts';
import { birthOf, intentsOf, withElement } from './act-plan.ts';
import { AttentionIndex } from './attention-index.ts';
import { CellConflicts } from './cell-conflicts.ts';
import { decideBirth } from './cell-rights.ts';
import { checkIntent } from './check-intent.ts';
import type { DocumentRights } from './document-rights.ts';
import { HandledConflicts } from './handled-conflicts.ts';
import { Listeners } from './listeners.ts';
import { intentsByEdit, toRefusedActs } from './refused-acts.ts';
import { RegisterUnion, type Part, type UnionHost } from './register-union.ts';
import type {
  CellConflict,
  OpenWorkspace,
  PersonHere,
  RefusedAct,
  RefusedLine,
  WorkspaceEvents,
  WorkspacePort,
  WorkspaceStatus,
} from './workspace-port.ts';

/** One database a person and device: what one person has here, the next one who signs in does not see. */
function storeName(person: string): string {
  return `lodestone-${person}`;
}

export const openWorkspace: OpenWorkspace = async (me, events) => {
  const workspace = new Workspace(me, events);
  await workspace.open();

  return workspace;
};

class Workspace implements WorkspacePort {
  #me: MeAnswer;
  #language: Language;
  #client: WorkspaceClient<DocumentRights> | undefined;
  #around: Surroundings;
  readonly #events: WorkspaceEvents;
  readonly #unions = new Map<string, RegisterUnion>();
  readonly #statusListeners = new Listeners();
  readonly #trayListeners = new Listeners();
  #status: WorkspaceStatus = { state: 'saving', unsent: 0, notAccepted: 0, conflicts: 0 };
  #refused: readonly RefusedAct[] = [];
  #isTrayDue = false;
  readonly #handled: HandledConflicts;
  readonly #conflicts: CellConflicts;
  readonly #attention = new AttentionIndex();
  readonly #people = new Map<string, readonly PersonHere[]>();
  readonly #rules = builtInRules(registers);

  constructor(me: MeAnswer, events: WorkspaceEvents) {
    this.#me = me;
    this.#events = events;
    this.#language = me.user.language;
    this.#around = this.#makeAround();
    this.#handled = new HandledConflicts(me.user.id);
    this.#conflicts = new CellConflicts(me.user.id, this.#handled);
    this.#conflicts.subscribe(() => {
      this.#attention.replace(this.#conflicts.all, this.#refused);
      this.#readStatus();
    });
  }

  async open(): Promise<void> {
    const client = await createWorkspaceClient<DocumentRights>({
      url: location.origin,
      store: await openDeviceStore(storeName(this.#me.user.id)),
      check: (intent, place) => checkIntent(intent, place, this.#partyNames),
    });
    this.#client = client;
    client.onStatus(() => {
      this.#readStatus();
    });
    client.tray.onChange(() => {
      this.#readTraySoon();
    });
    this.#readStatus();
    this.#readTray();
  }

  registerView(name: string): RegisterUnion {
    const union = this.#unionOf(name);
    if (union === undefined) throw new Error(`there is no register ${name}`);

    return union;
  }

  status(): WorkspaceStatus {
    return this.#status;
  }

  subscribeStatus(listener: () => void): () => void {
    return this.#statusListeners.add(listener);
  }

  people(registerName: string): readonly PersonHere[] {
    return this.#people.get(registerName) ?? nobody;
  }

  subscribePeople(registerName: string, listener: () => void): () => void {
    return this.registerView(registerName).subscribePeople(listener);
  }

  notAccepted(): readonly RefusedAct[] {
    return this.#refused;
  }

  subscribeNotAccepted(listener: () => void): () => void {
    return this.#trayListeners.add(listener);
  }

  discard(lines: readonly RefusedLine[]): void {
    for (const [edit, intents] of intentsByEdit(lines)) this.#client?.tray.discard(edit, intents);
  }

  retry(lines: readonly RefusedLine[]): void {
    for (const [edit, intents] of intentsByEdit(lines)) this.#client?.tray.retry(edit, intents);
  }

  conflicts(): readonly CellConflict[] {
    return this.#conflicts.all;
  }

  subscribeConflicts(listener: () => void): () => void {
    return this.#conflicts.subscribe(listener);
  }

  resolve(conflict: CellConflict, choice: 'mine' | 'theirs' | 'standing'): ActOutcome {
    const union = this.registerView(conflict.register);
    const { record, field, element } = conflict;
    if (choice !== 'standing') {
      const chosen = conflict[choice].value;
      const stands = union.record(record)?.fields[field] ?? null;
      const value = element === undefined ? chosen : withElement(stands, element, chosen === true);
      const outcome = sameValue(stands, value)
        ? undefined
        : union.act({ edits: [{ record, field, value }] });
      if (outcome?.status === 'denied') return outcome;
    }
    this.#conflicts.handle(conflict);

    return { status: 'done', created: [] };
  }

  highestMarking(registerName: string): string | undefined {
    const union = this.#unions.get(registerName);
    if (union?.isReady() !== true) return undefined;
    const shown = new Set(union.ids().map((id) => union.markOf(id)?.marking));

    // Compartments come narrowest first: the narrowest audience on screen is the highest marking.
    return (
      union.parts.map(({ mark }) => mark.marking).find((marking) => shown.has(marking)) ?? 'PUBLIC'
    );
  }

  setLanguage(language: Language): void {
    this.#language = language;
    this.#around = this.#makeAround();
    for (const union of this.#unions.values()) union.redraw();
  }

  resume(me: MeAnswer): void {
    this.#me = me;
    this.#client?.connection.connect();
  }

  async close(): Promise<void> {
    for (const union of this.#unions.values()) union.dispose();
    this.#unions.clear();
    this.#conflicts.close();
    this.#handled.close();
    await this.#client?.close();
    this.#client = undefined;
  }

  async wipe(): Promise<void> {
    await this.close();
    this.#handled.forget();
    indexedDB.deleteDatabase(storeName(this.#me.user.id));
  }

  #unionOf(name: string): RegisterUnion | undefined {
    const register = findRegister(name);
    if (register === undefined) return undefined;
    const known = this.#unions.get(name);
    if (known !== undefined) return known;
    const union = new RegisterUnion(register, this.#host);
    this.#unions.set(name, union);
    union.subscribePeople(() => {
      this.#people.set(name, union.everyone());
    });
    void this.#openParts(union);

    return union;
  }

  /** Opens the register in each compartment of the reader, and the registers that its references name. */
  async #openParts(union: RegisterUnion): Promise<void> {
    const { register } = union;
    for (const name of referredTo(register)) this.#unionOf(name);
    const compartments = this.#me.compartments.filter(
      ({ id }) => register.home === undefined || register.home === id,
    );
    for (const compartment of compartments) {
      const name = formatDocumentName(compartment.id as CompartmentId, register.name);
      const document = await this.#client?.open(name);
      if (document === undefined) return;
      this.#conflicts.follow(document);
      // Before the union tells the screens: they ask `around` whether anything is different.
      document.onRights(() => {
        this.#around = this.#makeAround();
      });
      const mark = { id: compartment.id as CompartmentId, marking: compartment.marking };
      union.add({
        mark,
        document,
        rights: () => document.rights ?? this.#assumedRights(compartment),
      });
    }
    union.complete();
  }

  /** Until the server has answered (offline, at a start), what the session knows; advice only, as always. */
  #assumedRights({ marking, parties }: MeAnswer['compartments'][number]): DocumentRights {
    const { id, party, roles } = this.#me.user;

    return {
      actor: { person: id, party: party as PartyCode, roles },
      audience: { everyone: marking === 'PUBLIC', parties: parties as PartyCode[] },
      marking,
      rules: this.#rules,
    };
  }

  readonly #host: UnionHost = {
    attention: this.#attention,
    partyNames: (party) => this.#partyNames(party),
    around: () => this.#around,
    union: (register) => this.#unionOf(register),
    act: (union, act) => this.#act(union, act),
    undo: () => this.#toUndoOutcome(this.#client?.undo.undo()),
    redo: () => this.#toUndoOutcome(this.#client?.undo.redo()),
    changed: (changed) => {
      const referring = [...this.#unions.values()].filter(({ register }) =>
        referredTo(register).includes(changed.register.name),
      );
      if (referring.length === 0) return;
      this.#around = this.#makeAround();
      for (const union of referring) union.redraw();
    },
  };

  #act(union: RegisterUnion, act: Act): ActOutcome {
    const parts = new Map<string, Intent[]>();
    const add = (part: Part, intents: readonly Intent[]) => {
      const known = parts.get(part.document.name) ?? [];
      known.push(...intents);
      parts.set(part.document.name, known);
    };
    for (const edit of act.edits) {
      const [home, record] = [union.homeOf(edit.record), union.record(edit.record)];
      const decision = union.decide(edit.record, edit.field, edit.value);
      if (home === undefined || record === undefined || decision.effect === 'deny') {
        return { status: 'denied', record: edit.record, field: edit.field, decision };
      }
      add(home, intentsOf(union.register, record, edit));
    }
    const created: RecordId[] = [];
    for (const { compartment, fields } of act.created ?? []) {
      const part = union.parts.find(({ mark }) => mark.id === compartment);
      const birth = birthOf(union.register, fields, this.#me.user.party);
      const record = newId(webRandom) as RecordId;
      if (part === undefined) throw new Error(`compartment ${compartment} is not open`);
      const decision = decideBirth(union.register, birth, part.rights(), this.#partyNames);
      if (decision.effect === 'deny') return { status: 'denied', record, field: '', decision };
      created.push(record);
      add(part, [{ act: 'create', record, birth }]);
    }
    this.#client?.act(
      [...parts]
        .filter(([, intents]) => intents.length > 0)
        .map(([document, intents]) => ({ document, intents })),
    );

    return { status: 'done', created };
  }

  /** What the reader's register calls a party, for explanations. */
  readonly #partyNames: PartyNames = (party: string) => {
    const union = this.#unionOf('party');
    const record = union?.record(party as RecordId);
    if (union === undefined || record === undefined) return { en: party, ja: party };

    return { en: titleOf(union.register, record, 'en'), ja: titleOf(union.register, record, 'ja') };
  };

  #toUndoOutcome(outcome: ProviderUndoOutcome | undefined): UndoOutcome {
    switch (outcome?.outcome) {
      case 'done': {
        const [place] = outcome.places;

        return place === undefined
          ? { status: 'nothing' }
          : { status: 'done', record: place.record, field: place.field };
      }
      case 'changed-since':
        return {
          status: 'changed-since',
          ...cellOf(outcome.place),
          now: outcome.now,
          left: outcome.left,
          restored: outcome.restored,
          undoAnyway: () => {
            outcome.anyway();
          },
        };
      case 'unavailable': {
        const register = parseDocumentName(outcome.document)?.register ?? '';
        this.#unionOf(register);

        return { status: 'opening', register };
      }
      case 'nothing':
      case undefined:
        return { status: 'nothing' };
    }
  }

  /** A new object each time: what was drawn with the old one is drawn again. */
  #makeAround(): Surroundings {
    const language = this.#language;

    return {
      language,
      titleOf: (name, id) => {
        const union = this.#unions.get(name);
        const record = union?.record(id as RecordId);

        return union === undefined || record === undefined
          ? undefined
          : titleOf(union.register, record, language);
      },
      recordFor: (name, text) => this.#unions.get(name)?.find(text),
    };
  }

  #readStatus(): void {
    if (this.#client === undefined) return;
    const { word, unsent, notAccepted } = this.#client.status;
    const since = word === this.#status.state ? this.#status.since : Date.now();
    const conflicts = this.#conflicts.all.length;
    this.#status = {
      ...{ state: word, unsent, notAccepted, conflicts },
      ...(since !== undefined && { since }),
    };
    this.#statusListeners.notify();
    if (word === 'signed-out') this.#events.onSessionEnded();
  }

  /** Many edits often come or go at once: they are read together. */
  #readTraySoon(): void {
    if (this.#isTrayDue) return;
    this.#isTrayDue = true;
    queueMicrotask(() => {
      this.#isTrayDue = false;
      this.#readTray();
    });
  }

  #readTray(): void {
    this.#refused = toRefusedActs(this.#client?.tray.items ?? []);
    this.#attention.replace(this.#conflicts.all, this.#refused);
    this.#trayListeners.notify();
  }
}

const nobody: readonly PersonHere[] = [];

/** The registers that its references name, each as often as it is named. */
function referredTo({ fields }: Register): readonly string[] {
  return Object.values(fields).flatMap((field) => {
    const target = field.kind === 'set' ? field.of : field;

    return target.kind === 'reference' ? [target.register] : [];
  });
}

function cellOf({ record, field }: ChangedPlace): {
  readonly record: RecordId;
  readonly field: string;
} {
  return { record, field: field ?? '' };
}
