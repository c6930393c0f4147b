/**
 * Watches a run from outside and holds the product to its promises at the moment they are due: what is committed, what is
 * answered, and what is shown. It knows the database as it is, and nothing of the nodes.
 */
import { appendLeaf, decodeFrontier, encodeFrontier, entryLeaf } from '@lodestone/audit-log';
import type { UpdateEvent } from '@lodestone/sync-protocol';
import type { CompartmentTurn } from '../document-store.ts';
import type { LiveDocument } from '../live-document.ts';
import type { LoggedChange, LoggedEntry } from '../log-entry.ts';
import type { SyncSession } from '../submitted-edit.ts';
import { workspaceActor } from '../workspace-actor.ts';
import { CommittedDocuments } from './committed-documents.ts';
import type { CommitWitness, SimulatedDatabase } from './simulated-database.ts';

/** Within this time of each other two edits of a cell are a conflict that one of them wins (design, D9). */
const conflictWindowMs = 10_000;

export interface Asked {
  /** The connection. */
  readonly link: string;
  readonly session: SyncSession;
  readonly event: string;
  readonly body: unknown;
}

interface Held {
  readonly clientId: number;
  readonly generation: number;
  /** The last sequence the connection was sent. */
  seq: number;
}

interface Answer {
  readonly status: string;
  readonly code?: string;
  readonly seq?: number;
  readonly clientId?: number;
  readonly generation?: number;
  readonly update?: Uint8Array;
}

type Readable = Pick<LiveDocument, 'name' | 'generation'> & { encode(): Uint8Array };

interface LoggedOutcome {
  readonly record: string;
  readonly field: string;
  readonly outcome: string;
}

export class Witness implements CommitWitness {
  readonly documents = new CommittedDocuments();
  readonly #database: SimulatedDatabase;
  readonly #held = new Map<string, Held>();
  /** How far the log had come when a message arrived. */
  readonly #headWhenAsked = new WeakMap<Asked, number>();

  constructor(database: SimulatedDatabase) {
    this.#database = database;
  }

  committing({ compartment, turn }: CompartmentTurn): void {
    const { head, changes } = this.#database.compartment(compartment);
    let { seq } = head;
    let frontier = decodeFrontier(head.frontier);
    const later: LoggedChange[] = [...changes];
    for (const entry of turn.entries) {
      seq += 1;
      if (entry.meta.seq !== seq)
        this.#violate(`entry ${String(entry.meta.seq)} of ${compartment} stands as ${String(seq)}`);
      const leaf = entryLeaf(entry.meta, entry.payload);
      frontier = appendLeaf(frontier, seq - 1, leaf);
      if (entry.meta.outcome !== 'admitted') continue;
      this.#checkAuthor(entry);
      this.#checkOnce(compartment, entry);
      this.#checkConflicts(entry, later, turn);
      later.push(...turn.changes.filter((change) => change.seq === seq));
      const problem = this.documents.commit(entry);
      if (problem !== undefined) this.#violate(problem);
      if (entry.payload.update === null) this.#database.history.reach('generation');
    }
    if (Buffer.compare(encodeFrontier(frontier), turn.head.frontier) !== 0)
      this.#violate(`the frontier of ${compartment} does not follow from its leaves`);
  }

  asked(asked: Asked): void {
    const [compartment = ''] = documentOf(asked.body).split('/');
    const head = this.#database.compartments.get(compartment)?.head.seq;
    if (head !== undefined) this.#headWhenAsked.set(asked, head);
  }

  answered(asked: Asked, answer: object): void {
    const given = answer as Answer;
    const { history } = this.#database;
    if (asked.event === 'open' && given.status === 'open') this.#opened(asked, given);
    if (asked.event === 'open' && given.status === 'refused')
      history.reach(`refused.${given.code ?? ''}`);
    if (asked.event !== 'update') return;
    if (given.status === 'committed') this.#acknowledged(asked, given.seq ?? 0);
    else if (given.status === 'resync') history.reach('resync');
    else history.reach(`rejected.${given.code ?? ''}`);
  }

  /** A node hands something to a connection. */
  shown(shown: Asked): void {
    const document = documentOf(shown.body);
    const key = `${shown.link} ${document}`;
    if (shown.event === 'closed') {
      const { code } = shown.body as Answer;
      this.#database.history.reach(`closed.${code ?? ''}`);
      this.#held.delete(key);
    }
    if (shown.event === 'conflict') this.#database.history.reach('conflict-told');
    if (shown.event !== 'update') return;
    const { after, seq, update } = shown.body as UpdateEvent;
    const held = this.#held.get(key);
    if (held === undefined) {
      this.#violate(`${shown.link} was sent ${document}, which it has not open`);
      return;
    }
    if (update.length === 2 && after === seq) {
      // He was behind, and is told to open again.
      this.#database.history.reach('told-of-gap');
      return;
    }
    if (after !== held.seq)
      this.#violate(`${key} was sent what follows ${String(after)}, and holds ${String(held.seq)}`);
    this.#checkShown(shown, update, { seq, generation: held.generation });
    const missing = this.documents.findMissing({ document, ...held }, { after, seq, update });
    if (missing !== undefined)
      this.#violate(`${key} was sent ${String(after)}..${String(seq)} without ${String(missing)}`);
    held.seq = seq;
  }

  /** A call of a node was given a document's records. */
  read(node: string, document: Readable, seq: number): void {
    const { name, generation } = document;
    const [compartment = ''] = name.split('/');
    const { head } = this.#database.compartment(compartment);
    if (seq > head.seq || !this.documents.holds(name, generation, document.encode()))
      this.#violate(`${node} gave records of ${name} that are not committed`);
  }

  #opened(asked: Asked, answer: Answer): void {
    const { clientId = 0, generation = 1, seq = 0, update = new Uint8Array([0, 0]) } = answer;
    this.#held.set(`${asked.link} ${documentOf(asked.body)}`, { clientId, generation, seq });
    this.#checkShown(asked, update, { seq, generation });
  }

  #acknowledged(asked: Asked, seq: number): void {
    const {
      document = '',
      edit = null,
      update,
    } = asked.body as {
      document?: string;
      edit?: string;
      update?: Uint8Array;
    };
    const { history } = this.#database;
    const [compartment = ''] = document.split('/');
    const entry = this.#database.compartment(compartment).entries[seq - 1];
    const { meta, payload } = entry ?? {};
    const isLogged =
      meta?.outcome === 'admitted' && meta.document === document && meta.edit === edit;
    if (!isLogged) {
      this.#violate(`an edit of ${document} was acknowledged as ${String(seq)}: not in the log`);
      return;
    }
    const isKnown = seq <= (this.#headWhenAsked.get(asked) ?? 0);
    history.reach(isKnown ? 'answered-again' : 'committed');
    if (edit === null && update !== undefined && (payload?.update?.length ?? 0) < update.length)
      history.reach('trim');
  }

  /** Seen is durable, and need to know. */
  #checkShown(
    { link, session, body }: Asked,
    update: Uint8Array,
    { seq, generation }: { readonly seq: number; readonly generation: number },
  ): void {
    const document = documentOf(body);
    const [compartment = ''] = document.split('/');
    const { head } = this.#database.compartment(compartment);
    if (seq > head.seq)
      this.#violate(`${link} was told of ${String(seq)} of ${document}: not committed`);
    if (!this.documents.holds(document, generation, update))
      this.#violate(`${link} was shown content of ${document} that is not committed`);
    const { parties = [] } =
      this.#database.compartmentRows.find(({ id }) => id === compartment) ?? {};
    const party = this.#database.people.get(session.person)?.party ?? '';
    if (!parties.includes(party)) this.#violate(`${link} was shown ${document}, and is not in it`);
  }

  /** Revoked is out: at the moment of the commit its author is who he is said to be, and may be so. */
  #checkAuthor({ meta }: LoggedEntry): void {
    if (meta.actor === workspaceActor.person) return;
    const person = this.#database.people.get(meta.actor);
    const isHis = this.#database.sessions.get(meta.session) === meta.actor;
    const what = `entry ${String(meta.seq)} of ${meta.document}`;
    if (person === undefined || person.disabled || !isHis)
      this.#violate(`${what} is committed after its author was revoked`);
    else if (person.party !== meta.party || person.roles.join() !== meta.roles.join())
      this.#violate(`${what} is committed with rights that its author has no more`);
  }

  #checkOnce(compartment: string, { meta }: LoggedEntry): void {
    if (meta.edit !== null && this.#database.compartment(compartment).edits.has(meta.edit))
      this.#violate(`edit ${meta.edit} is committed a second time as ${String(meta.seq)}`);
  }

  /** Conflict is visible: who changed what another had changed unseen is in a conflict, or too late. */
  #checkConflicts(
    { meta, payload }: LoggedEntry,
    committed: readonly LoggedChange[],
    { conflicts }: CompartmentTurn['turn'],
  ): void {
    const register = meta.document.slice(meta.document.indexOf('/') + 1);
    const changes = payload.update === null ? [] : (payload.changes as unknown as LoggedOutcome[]);
    for (const { record, field, outcome } of changes) {
      if (outcome !== 'applied') this.#database.history.reach(`conflict.${outcome}`);
      const last = committed.findLast(
        (change) =>
          change.register === register && change.record === record && change.field === field,
      );
      const isUnseen =
        field !== '' &&
        last !== undefined &&
        last.person !== meta.actor &&
        last.seq > (meta.seen ?? 0);
      if (!isUnseen) continue;
      const where = `${meta.document} ${record}/${field} in ${String(meta.seq)}`;
      if (Date.parse(meta.recordedAt) - Date.parse(last.recordedAt) > conflictWindowMs)
        this.#violate(`${where}: an old change was overwritten unseen`);
      const isNoted = conflicts.some(
        (conflict) =>
          conflict.seq === meta.seq && conflict.record === record && conflict.field === field,
      );
      if (!isNoted) this.#violate(`${where}: a conflict was not noted`);
      this.#database.history.reach('conflict');
    }
  }

  #violate(what: string): void {
    this.#database.history.violate(what);
  }
}

function documentOf(body: unknown): string {
  const { document } = (body ?? {}) as { readonly document?: unknown };

  return typeof document === 'string' ? document : '';
}
