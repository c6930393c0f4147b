/** Undo of one tab: a stack of acts, taken back as new edits. It outlives refusals, generations and reloads. */
import {
  sameValue,
  type RecordId,
  type RegisterRecords,
  type Value,
} from '@lodestone/document-model';
import type { Intent } from '@lodestone/document-model';
import type { KeptEdit } from './document.ts';
import type { Journal } from './device-store/journal.ts';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';
import {
  completeChanges,
  expectedBefore,
  intentOf,
  presentValue,
  type Direction,
  type DraftChange,
} from './undo-changes.ts';
import type { UndoChange, UndoStep } from './undo-step.ts';

export interface ChangedPlace {
  readonly document: string;
  readonly record: RecordId;
  /** Undefined where the record itself was archived or brought back. */
  readonly field: string | undefined;
}

export type UndoOutcome =
  | { readonly outcome: 'done'; readonly places: readonly ChangedPlace[] }
  | { readonly outcome: 'nothing' }
  /** Its document is not open here. */
  | { readonly outcome: 'unavailable'; readonly document: string }
  /** Somebody changed a cell since; nothing was done. */
  | {
      readonly outcome: 'changed-since';
      readonly place: ChangedPlace;
      /** What stands there; for an element of a set, whether it is in. */
      readonly now: Value;
      /** What the act had left there, and what would stand there afterwards. */
      readonly left: Value;
      readonly restored: Value;
      /** Does it all the same. */
      anyway(): UndoOutcome;
    };

/** The documents, as undo sees them. */
export interface UndoTarget {
  /** Undefined where the document is not open. */
  records(document: string): RegisterRecords | undefined;
  edit(document: string, intents: readonly Intent[], group: string): readonly KeptEdit[];
  newGroup(): string;
}

const mostSteps = 100;

export class UndoStack {
  /** Oldest first; what is undone stands at the end. */
  #steps: UndoStep[];
  readonly #slot: number;
  readonly #journal: Journal;
  readonly #target: UndoTarget;
  readonly #listeners = new Listeners<UndoStack>();

  constructor(
    kept: readonly UndoStep[],
    options: { readonly slot: number; readonly journal: Journal; readonly target: UndoTarget },
  ) {
    this.#steps = [...kept];
    this.#slot = options.slot;
    this.#journal = options.journal;
    this.#target = options.target;
  }

  get canUndo(): boolean {
    return this.#steps.some((step) => !step.undone);
  }

  get canRedo(): boolean {
    return this.#steps.some((step) => step.undone);
  }

  onChange(listener: Listener<UndoStack>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** A new act: it can be taken back as one, and what was undone before it cannot be done again. */
  record(changes: readonly UndoChange[]): void {
    if (changes.length === 0) return;
    for (const step of this.#steps.filter((one) => one.undone)) this.#remove(step);
    const step = { id: (this.#steps.at(-1)?.id ?? 0) + 1, undone: false, changes };
    this.#steps.push(step);
    this.#write(step);
    const [oldest] = this.#steps;
    if (oldest !== undefined && this.#steps.length > mostSteps) this.#remove(oldest);
    this.#listeners.notify(this);
  }

  undo(): UndoOutcome {
    return this.#take('undo');
  }

  redo(): UndoOutcome {
    return this.#take('redo');
  }

  /** The edit was not accepted: there is nothing of it to take back. */
  forget(edit: string): void {
    for (const step of this.#steps) {
      const changes = step.changes.filter((change) => change.edit !== edit);
      if (changes.length === step.changes.length) continue;
      if (changes.length === 0) this.#remove(step);
      else this.#replace({ ...step, changes });
    }
    this.#listeners.notify(this);
  }

  #take(direction: Direction): UndoOutcome {
    const step =
      direction === 'undo'
        ? this.#steps.findLast((one) => !one.undone)
        : this.#steps.find((one) => one.undone);
    if (step === undefined) return { outcome: 'nothing' };
    for (const change of step.changes) {
      const records = this.#target.records(change.document);
      if (records === undefined) return { outcome: 'unavailable', document: change.document };
      const expected = expectedBefore(change, direction);
      const now = presentValue(change, records);
      if (expected === undefined || sameValue(now, expected)) continue;

      return {
        outcome: 'changed-since',
        place: placeOf(change),
        now,
        left: expected,
        restored: expectedBefore(change, direction === 'undo' ? 'redo' : 'undo') ?? null,
        anyway: () => this.#perform(step.id, direction),
      };
    }

    return this.#perform(step.id, direction);
  }

  #perform(id: number, direction: Direction): UndoOutcome {
    // Looked up again: between the question and the answer a refusal may have taken part of it.
    const step = this.#steps.find((one) => one.id === id && one.undone === (direction === 'redo'));
    if (step === undefined) return { outcome: 'nothing' };
    const documents = new Set(step.changes.map((change) => change.document));
    for (const document of documents) {
      if (this.#target.records(document) === undefined) return { outcome: 'unavailable', document };
    }
    const group = this.#target.newGroup();
    const changes = [...documents].flatMap((document) => {
      const own = step.changes.filter((change) => change.document === document);

      return this.#rewrite(own, direction, group);
    });
    this.#replace({ ...step, undone: direction === 'undo', changes });
    this.#listeners.notify(this);

    return { outcome: 'done', places: changes.map(placeOf) };
  }

  /** Makes the edits in one document; returns the changes with the edits that now carry them. */
  #rewrite(
    changes: readonly UndoChange[],
    direction: Direction,
    group: string,
  ): readonly UndoChange[] {
    const intents = changes.map((change) => intentOf(change, direction));
    const document = changes[0]?.document;
    if (document === undefined) return [];
    const edits = this.#target.edit(document, intents, group);

    return changes.map((change, index) => {
      const intent = intents[index];
      const drafts: DraftChange[] =
        intent === undefined ? [] : [{ intents: new Set([intent]), change }];

      return completeChanges(drafts, edits)[0] ?? change;
    });
  }

  #replace(step: UndoStep): void {
    this.#steps = this.#steps.map((one) => (one.id === step.id ? step : one));
    this.#write(step);
  }

  #remove(step: UndoStep): void {
    this.#steps = this.#steps.filter((one) => one.id !== step.id);
    void this.#journal.write([{ change: 'remove-undo', slot: this.#slot, id: step.id }]);
  }

  #write(step: UndoStep): void {
    void this.#journal.write([{ change: 'put-undo', step: { ...step, slot: this.#slot } }]);
  }
}

function placeOf(change: UndoChange): ChangedPlace {
  const { document, record } = change;

  return { document, record, field: change.part === 'record' ? undefined : change.field };
}
