/**
 * The synchronous step of a turn: every queued update is inspected, applied and diffed, and becomes a log entry.
 * Runs with both locks held and the documents at the head; what it changes in memory is ahead of the database until
 * the commit, so nothing of it is shown before.
 */
import type { EntryMeta, EntryPayload, Json } from '@lodestone/audit-log';
import type { AttributedValue, UpdateAnswer } from '@lodestone/sync-protocol';
import type { CellChange, Inspection, RefusedChange } from '@lodestone/update-admission';
import type { AccessFacts, CompartmentFacts } from '../access/access-facts.ts';
import { authorOf } from './author.ts';
import type { Turn } from './document-store.ts';
import { loggedField, type LiveDocument } from './live-document.ts';
import type { Head, LoggedChange, LoggedConflict } from './log-entry.ts';
import { LogTail } from './log-tail.ts';
import type { RefusalDraft, RefusalLog } from './refusal-log.ts';
import { toCountedChanges, toRefusedChanges, type LoggedRefusal } from './refused-entry.ts';
import type { SubmittedEdit } from './submitted-edit.ts';

interface Settled {
  readonly edit: SubmittedEdit;
  /** `known`: all its clocks are in the log already; whether this edit is must be looked up there. */
  readonly answer: UpdateAnswer | { readonly status: 'known' };
}

export interface PreparedTurn extends Turn {
  readonly settled: readonly Settled[];
  /** To be settled when the turn is committed. */
  readonly refusals: RefusalDraft;
}

interface Surroundings {
  readonly compartment: CompartmentFacts;
  readonly access: AccessFacts;
  readonly documents: ReadonlyMap<string, LiveDocument>;
  /** The sequence of an edit that is in the log, as far as the room knows. */
  readonly committedSeq: (edit: string) => number | undefined;
  readonly refusals: RefusalLog;
  readonly now: Date;
}

export function prepareTurn(
  head: Head,
  batch: readonly SubmittedEdit[],
  around: Surroundings,
): PreparedTurn {
  const turn = new TurnInProgress(head, around);
  turn.tellCounts();
  const documents = batch.flatMap(({ register }) => around.documents.get(register.name) ?? []);
  together([...new Set(documents)], () => {
    for (const edit of batch) turn.settle(edit);
  });

  return turn.finish();
}

/** One Yjs transaction a document: what each costs grows with the client ids that were ever in it. */
function together([first, ...others]: readonly LiveDocument[], work: () => void): void {
  if (first === undefined) work();
  else
    first.together(() => {
      together(others, work);
    });
}

class TurnInProgress {
  readonly #around: Surroundings;
  readonly #tail: LogTail;
  readonly #changes: LoggedChange[] = [];
  readonly #conflicts: LoggedConflict[] = [];
  readonly #settled: Settled[] = [];
  /** Of this turn. */
  readonly #edits = new Map<string, number>();
  readonly #refusals: RefusalDraft;

  constructor(head: Head, around: Surroundings) {
    this.#around = around;
    this.#tail = new LogTail(around.compartment.id, head);
    this.#refusals = around.refusals.draft(around.now);
  }

  settle(edit: SubmittedEdit): void {
    const answer = this.#answer(edit);
    this.#settled.push({ edit, answer });
  }

  /** What was refused beyond the entries of its second. */
  tellCounts(): void {
    const { documents } = this.#around;
    for (const counted of this.#refusals.due((register) => documents.has(register))) {
      const { edit } = counted;
      const document = documents.get(edit.register.name);
      if (document === undefined) continue;
      const changes = toCountedChanges(counted);
      this.#appendRefusal({ ...edit, edit: null }, document, 'refusals.counted', changes);
    }
  }

  finish(): PreparedTurn {
    return {
      head: this.#tail.head,
      entries: this.#tail.entries,
      changes: this.#changes,
      conflicts: this.#conflicts,
      settled: this.#settled,
      refusals: this.#refusals,
    };
  }

  #answer(edit: SubmittedEdit): Settled['answer'] {
    const { access, documents } = this.#around;
    const document = documents.get(edit.register.name);
    if (document === undefined) throw new Error(`${edit.register.name} is not loaded`);
    if (edit.refused !== undefined) return this.#note(edit, document, edit.refused);
    const person = access.person(edit.session.person);
    if (
      edit.unquestioned !== true &&
      (person === undefined || person.disabled || !access.isLive(edit.session.session))
    ) {
      const message = 'Your session has ended. Your edits stay on this device.';
      if (person !== undefined)
        this.#refuse(edit, document, { code: 'session.ended', message, changes: [] });

      return rejected('session.ended', message);
    }
    const known = edit.edit === null ? undefined : this.#seqOf(edit.edit);
    if (known !== undefined) return { status: 'committed', seq: known, again: true };
    // Its socket has not heard yet that the document goes on in another form.
    if (edit.generation !== document.generation) return { status: 'known' };

    return this.#inspect(edit, document, edit.update);
  }

  #seqOf(edit: string): number | undefined {
    return this.#edits.get(edit) ?? this.#around.committedSeq(edit);
  }

  #inspect(edit: SubmittedEdit, document: LiveDocument, update: Uint8Array): Settled['answer'] {
    const author = authorOf(edit, document, this.#around);
    const inspection = document.admission.inspect(update, author);
    switch (inspection.verdict) {
      case 'admitted':
        return this.#admit(edit, document, { update, inspection });
      case 'duplicate':
        return { status: 'known' };
      case 'trim': {
        // Half of an edit must not stand in the log under the id of the whole.
        if (edit.edit !== null) return { status: 'resync' };
        const rest = document.admission.trim(update);

        return rest.length < update.length
          ? this.#inspect(edit, document, rest)
          : { status: 'resync' };
      }
      case 'resync':
        return { status: 'resync' };
      case 'rejected':
        this.#refuse(edit, document, { ...inspection, message: inspection.message.en });

        return {
          status: 'rejected',
          code: inspection.code,
          message: inspection.message.en,
          changes: inspection.changes.map(({ message, wanted: _own, ...change }) => ({
            ...change,
            message: message.en,
            ...(change.code === 'value.changed' && this.#standing(change, document)),
          })),
        };
    }
  }

  /** What stands in a cell that another person changed, for its author to choose. */
  #standing(
    { record, field, element }: Pick<RefusedChange, 'record' | 'field' | 'element'>,
    document: LiveDocument,
  ): { readonly standing?: AttributedValue } {
    const place = loggedField({ field, ...(element !== undefined && { element }) });
    const last = document.lastChange(record, place);
    if (last === undefined) return {};
    const { value, person: user, recordedAt: at } = last;
    const person = this.#around.access.person(user);
    const who = person === undefined ? {} : { name: person.name, party: person.actor.party };

    return { standing: { value: value ?? null, user, ...who, at } };
  }

  #admit(
    edit: SubmittedEdit,
    document: LiveDocument,
    {
      update,
      inspection,
    }: { update: Uint8Array; inspection: Extract<Inspection, { verdict: 'admitted' }> },
  ): Settled['answer'] {
    document.apply(update);
    const changes = document.admission.diff(inspection);
    const clock = { clientId: inspection.clientId, clock: inspection.clock };
    const meta = this.#append(edit, document, {
      ...clock,
      outcome: 'admitted',
      action: actionOf(changes),
      update,
      changes: changes.map(toLoggedJson),
    });
    if (edit.edit !== null) this.#edits.set(edit.edit, meta.seq);
    for (const change of changes) this.#project(change, document, meta);

    return { status: 'committed', seq: meta.seq };
  }

  #refuse(edit: SubmittedEdit, document: LiveDocument, refusal: LoggedRefusal): void {
    if (!this.#refusals.admits(edit, refusal.code)) return;
    this.#appendRefusal(edit, document, 'document.edited', toRefusedChanges(refusal));
  }

  /** Answered before it came here: the entry is all there is to do. */
  #note(
    edit: SubmittedEdit,
    document: LiveDocument,
    refused: NonNullable<SubmittedEdit['refused']>,
  ): Settled['answer'] {
    if (refused !== 'counted') {
      const changes = toRefusedChanges({ ...refused, changes: [] });
      this.#appendRefusal(edit, document, 'document.edited', changes);
    }

    return { status: 'resync' };
  }

  #appendRefusal(edit: SubmittedEdit, document: LiveDocument, action: string, changes: Json): void {
    const { clientId } = edit;
    const refusal = { clientId, clock: 0, outcome: 'refused', update: null } as const;
    this.#append(edit, document, { ...refusal, action, changes });
  }

  #append(
    edit: SubmittedEdit,
    document: LiveDocument,
    what: Pick<EntryMeta, 'action' | 'outcome' | 'clientId' | 'clock'> &
      Pick<EntryPayload, 'update' | 'changes'>,
  ): EntryMeta {
    const { access, now } = this.#around;
    const actor = access.person(edit.session.person)?.actor;
    if (actor === undefined) throw new Error('an entry needs its actor');
    const { update, changes, ...kind } = what;

    return this.#tail.append(
      {
        ...kind,
        recordedAt: now.toISOString(),
        actor: actor.person,
        party: actor.party,
        roles: actor.roles,
        session: edit.session.session,
        document: document.name,
        generation: document.generation,
        edit: edit.edit,
        seen: edit.seen,
        accessVersion: access.version,
        schemaVersion: document.register.version,
      },
      { update, changes },
    );
  }

  /** The projection of a change, and the conflict it is in. A lost set is in the history, but changed no cell. */
  #project(change: CellChange, document: LiveDocument, meta: EntryMeta): void {
    const field = loggedField(change);
    const last = document.lastChange(change.record, field);
    if (change.conflict !== undefined && last !== undefined && last.person !== meta.actor) {
      const mine = { value: change.new ?? null, person: meta.actor };
      const theirs = { value: last.value ?? null, person: last.person };
      const [kept, other] = change.outcome === 'lost' ? [theirs, mine] : [mine, theirs];
      this.#conflicts.push({
        document: document.name,
        seq: meta.seq,
        record: change.record,
        field,
        kept,
        other,
      });
    }
    if (change.outcome === 'lost') return;
    const row = {
      record: change.record,
      field,
      seq: meta.seq,
      person: meta.actor,
      recordedAt: meta.recordedAt,
    };
    this.#changes.push({
      ...row,
      register: document.register.name,
      old: change.old ?? null,
      new: change.new ?? null,
    });
    if (field !== '') document.noteChange({ ...row, value: change.new ?? null });
  }
}

function actionOf(changes: readonly CellChange[]): string {
  return changes.some(({ op }) => op === 'create') ? 'record.created' : 'record.updated';
}

function toLoggedJson(change: CellChange): Json {
  return {
    record: change.record,
    field: loggedField(change),
    op: change.op,
    old: (change.old ?? null) as Json,
    new: (change.new ?? null) as Json,
    outcome: change.outcome,
  };
}

function rejected(code: 'session.ended', message: string): UpdateAnswer {
  return { status: 'rejected', code, message, changes: [] };
}
