/** Judges what an update does to one key: the form of the key, the value, the state of the record, and the right. */
import { actionOf, actionsOfBirth, ownersOf, type Action } from '@lodestone/access-policy';
import {
  checkBirth,
  checkElement,
  checkValue,
  parseCellKey,
  type Birth,
  type CellKey,
  type Field,
  type PartyCode,
  type RecordId,
  type Register,
  type Value,
} from '@lodestone/document-model';
import type { Author, LaterChange } from './author.ts';
import type { ChangeOp, PlannedChange } from './change.ts';
import type { CommittedCells } from './committed-cells.ts';
import { isPrototypeKey } from './decode-value.ts';
import * as refusals from './refusal.ts';
import type { Refusal } from './refusal.ts';
import type { Slot } from './resolve-slots.ts';

export interface Refused {
  readonly status: 'refused';
  readonly refusal: Refusal;
  /** The field of a birth value that is wrong. */
  readonly field?: string;
}

export type Judgement = Refused | { readonly status: 'planned'; readonly change: PlannedChange };

interface Grant {
  readonly status: 'granted';
  readonly terms: { readonly op: ChangeOp; readonly conflict?: LaterChange };
}

/** A cell of a record that exists, or comes to exist in the same update. */
interface KnownCell {
  readonly record: RecordId;
  readonly field: string;
  readonly element?: string;
  readonly birth: Birth;
}

/** Judges the keys of one update. */
export class CellJudge {
  readonly #register: Register;
  readonly #cells: CommittedCells;
  readonly #author: Author;
  readonly #slots: ReadonlyMap<string, Slot>;
  readonly #owners = new Map<RecordId, readonly PartyCode[]>();

  constructor(
    register: Register,
    cells: CommittedCells,
    author: Author,
    slots: ReadonlyMap<string, Slot>,
  ) {
    this.#register = register;
    this.#cells = cells;
    this.#author = author;
    this.#slots = slots;
  }

  judge(slot: Slot): Judgement {
    const key = parseCellKey(slot.key);
    if (key === undefined || slot.key.split('/').some(isPrototypeKey)) {
      return refuse(refusals.noSuchCell);
    }
    if (slot.chain.some((item) => item.content?.storable === false)) {
      return refuse(refusals.notStorable);
    }

    return key.part === 'birth' ? this.#judgeBirth(key.record, slot) : this.#judgeField(key, slot);
  }

  /** How many elements the set of a planned change has in the committed state. */
  sizeOfSet({ record, field }: PlannedChange): number {
    return this.#cells.elementsOf(record, this.#birthOf(record) ?? {}, field).size;
  }

  #judgeBirth(record: RecordId, slot: Slot): Judgement {
    if (slot.current !== undefined || slot.chain.length > 1) return refuse(refusals.recordExists);
    const birth = newValueOf(slot);
    const found = checkBirth(this.#register, birth);
    if (found !== undefined) {
      return { ...refuse(refusals.invalid(found.problem.message)), field: found.field };
    }
    const owners = this.#ownersOf(record, birth as Birth);
    const state = this.#register.lifecycle?.field;
    for (const action of actionsOfBirth(this.#register, birth as Birth)) {
      const field = action === 'create' ? undefined : state;
      const decision = this.#author.decide({ action, record, owners, ...(field && { field }) });
      if (decision.effect === 'permit') continue;

      return { ...refuse(refusals.denied(decision)), ...(field && { field }) };
    }

    return plan({ record, field: '', op: 'create', old: null, new: birth, concurrent: false });
  }

  #judgeField(key: Exclude<CellKey, { part: 'birth' }>, slot: Slot): Judgement {
    const birth = this.#birthOf(key.record);
    if (birth === undefined) return refuse(refusals.recordUnknown);
    const { fields } = this.#register;
    const declared = Object.hasOwn(fields, key.field) ? fields[key.field] : undefined;
    if (declared === undefined) return refuse(refusals.noSuchCell);
    if (declared.retired === true) return refuse(refusals.retiredField);
    if (declared.fixed === true) return refuse(refusals.fixedField);
    const { part, ...place } = key;
    const cell = { ...place, birth };

    return part === 'cell'
      ? this.#judgeCell(cell, declared, slot)
      : this.#judgeElement({ ...cell, element: key.element }, declared, slot);
  }

  #judgeCell(cell: KnownCell, declared: Field, slot: Slot): Judgement {
    const { record, field, birth } = cell;
    if (declared.kind === 'set') return refuse(refusals.wholeSet);
    for (const { content } of slot.chain) {
      const problem = content && checkValue(declared, content.value);
      if (problem !== undefined) return refuse(refusals.invalid(problem.message));
    }
    const old = this.#cells.valueOf(record, birth, field);
    const value = newValueOf(slot) as Value;
    const action = actionOf(this.#register, field, { from: old, to: value });
    if (action === undefined) return refuse(refusals.noSuchMove);
    const asked = this.#ask(cell, action);
    if (asked.status === 'refused') return asked;
    const { concurrent } = slot;

    return plan({ record, field, ...asked.terms, old, new: value, concurrent });
  }

  #judgeElement(
    cell: KnownCell & { readonly element: string },
    declared: Field,
    slot: Slot,
  ): Judgement {
    const { record, field, element, birth } = cell;
    if (declared.kind !== 'set') return refuse(refusals.notSet);
    const problem = checkElement(declared, element);
    if (problem !== undefined) return refuse(refusals.invalid(problem.message));
    if (slot.chain.some(({ content }) => content && typeof content.value !== 'boolean')) {
      return refuse(refusals.notElement);
    }
    const asked = this.#ask(cell, 'update');
    if (asked.status === 'refused') return asked;
    const old = this.#cells.hasElement(record, birth, field, element);
    const { concurrent } = slot;

    return plan({ record, field, element, ...asked.terms, old, new: newValueOf(slot), concurrent });
  }

  /** What only the caller knows: whether the author may, and whether he had seen what he changes. */
  #ask({ record, field, element, birth }: KnownCell, action: Action): Grant | Refused {
    const owners = this.#ownersOf(record, birth);
    const decision = this.#author.decide({ action, record, owners, field });
    if (decision.effect === 'deny') return refuse(refusals.denied(decision));
    const op = action === 'move' || action === 'approve' ? action : 'set';
    if (this.#slots.has(record)) return { status: 'granted', terms: { op } };
    const conflict =
      op === 'set'
        ? this.#author.changedSince(record, field, element)
        : this.#author.changedSince(record);
    if (conflict === undefined) return { status: 'granted', terms: { op } };
    if (op !== 'set' || conflict.age === 'late') return refuse(refusals.changedByAnother);

    return { status: 'granted', terms: { op, conflict } };
  }

  /** The birth value: committed, or written in this same update. */
  #birthOf(record: RecordId): Birth | undefined {
    const committed = this.#cells.birthOf(record);
    if (committed !== undefined) return committed;
    const slot = this.#slots.get(record);
    const value = slot && newValueOf(slot);

    return typeof value === 'object' && value !== null ? (value as Birth) : undefined;
  }

  /** Of the committed record: nobody becomes an owner by the very update that he needs it for. */
  #ownersOf(record: RecordId, birth: Birth): readonly PartyCode[] {
    const known = this.#owners.get(record);
    if (known !== undefined) return known;
    const owners = ownersOf(this.#register, (field) => this.#cells.valueOf(record, birth, field));
    this.#owners.set(record, owners);

    return owners;
  }
}

/** The value that the key will hold if the author's items win. */
function newValueOf(slot: Slot): unknown {
  return slot.chain.at(-1)?.content?.value;
}

function refuse(refusal: Refusal): Refused {
  return { status: 'refused', refusal };
}

function plan(change: PlannedChange): Judgement {
  return { status: 'planned', change };
}
