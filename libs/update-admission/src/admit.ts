/** Inspects updates of one document before they are applied, and tells afterwards what became of them. */
import { formatCellKey, type Register } from '@lodestone/document-model';
import * as Y from 'yjs';
import type { Author } from './author.ts';
import type { Admitted, CellChange, Inspection, PlannedChange, RefusedChange } from './change.ts';
import { CommittedCells } from './committed-cells.ts';
import { decodeUpdate, type AuthorSection } from './decode-update.ts';
import { CellJudge } from './judge-cell.ts';
import { limits } from './limits.ts';
import * as refusals from './refusal.ts';
import { clockOf, resolveSlots, type Resolved, type Slot } from './resolve-slots.ts';
import { findOverfull } from './set-size.ts';

interface Judged {
  readonly planned: readonly PlannedChange[];
  readonly refused: readonly RefusedChange[];
}

/**
 * The gate of one document. `inspect`, `Y.applyUpdate` and `diff` follow each other in one synchronous step, with
 * nothing in between. `inspect` only reads; it keeps nothing but an index of keys, which never goes stale.
 */
export class Admission {
  readonly #document: Y.Doc;
  readonly #register: Register;
  readonly #cells: CommittedCells;

  constructor(document: Y.Doc, register: Register) {
    this.#document = document;
    this.#register = register;
    this.#cells = new CommittedCells(document.getMap(register.name), register);
  }

  inspect(update: Uint8Array, author: Author): Inspection {
    try {
      return this.#inspect(update, author);
    } catch (thrown) {
      if (thrown instanceof refusals.EarlyVerdict) return thrown.inspection;
      throw thrown;
    }
  }

  /** What each change of an admitted update came to, once it is applied. A losing one shows in no event of Yjs. */
  diff({ clientId, clock, end, changes }: Admitted): readonly CellChange[] {
    return changes.map(({ concurrent, ...change }) => {
      const id = this.#cells.itemOf(keyOf(change))?.id;
      const isOwn = id?.client === clientId && id.clock >= clock && id.clock < end;

      return { ...change, outcome: !isOwn ? 'lost' : concurrent ? 'won' : 'applied' };
    });
  }

  /** The part of an update with the verdict `trim` that is not here yet. */
  trim(update: Uint8Array): Uint8Array {
    return Y.diffUpdate(update, Y.encodeStateVector(this.#document));
  }

  #inspect(bytes: Uint8Array, author: Author): Inspection {
    const update = decodeUpdate(bytes, this.#register.name);
    const { section } = update;
    if (section !== undefined && section.clientId !== author.clientId) {
      throw refusals.foreignClientId();
    }
    const known = section === undefined ? 0 : clockOf(this.#document, section.clientId);
    if (section !== undefined && section.clock > known) throw refusals.resync('earlier-edits');
    const fresh: AuthorSection | undefined =
      section !== undefined && section.end > known ? section : undefined;
    if (fresh !== undefined && fresh.clock < known) return { verdict: 'trim' };
    const { planned, refused } = this.#judge(resolveSlots(this.#cells, update, fresh), author);
    const [first] = refused;
    if (first !== undefined) {
      const { code, message } = first;

      return { verdict: 'rejected', code, message, changes: refused.slice(0, limits.refusals) };
    }
    if (fresh === undefined) return { verdict: 'duplicate' };
    const { clientId, clock, end } = fresh;

    return { verdict: 'admitted', clientId, clock, end, changes: planned };
  }

  /** Every touched key, the refused ones too: the author learns all that is wrong at once. */
  #judge({ slots, emptied }: Resolved, author: Author): Judged {
    const judge = new CellJudge(this.#register, this.#cells, author, slots);
    const planned: PlannedChange[] = [];
    const refused = [...emptied].map((key) => this.#refuse(key, { refusal: refusals.keyDeleted }));
    for (const slot of slots.values()) {
      if (emptied.has(slot.key)) continue;
      const judgement = judge.judge(slot);
      if (judgement.status === 'planned') planned.push(judgement.change);
      else refused.push({ ...this.#refuse(slot.key, judgement), ...wantedOf(slot) });
    }
    const overfull = findOverfull(planned, (change) => judge.sizeOfSet(change));
    for (const change of overfull) {
      const refusal = this.#refuse(keyOf(change), { refusal: refusals.overfullSet });
      refused.push({ ...refusal, wanted: change.new });
    }

    return { planned, refused };
  }

  #refuse(
    key: string,
    { refusal, field: fieldOfBirth }: { refusal: refusals.Refusal; field?: string },
  ): RefusedChange {
    const [record = '', field = fieldOfBirth ?? '', element] = key.split('/');
    const place = { register: this.#register.name, record, field };

    return { ...place, ...(element !== undefined && { element }), ...refusal };
  }
}

function wantedOf({ chain }: Slot): Pick<RefusedChange, 'wanted'> {
  const content = chain.at(-1)?.content;

  return content === undefined ? {} : { wanted: content.value };
}

function keyOf({ record, field, element }: Omit<PlannedChange, 'concurrent'>): string {
  return field === '' ? formatCellKey(record) : formatCellKey(record, field, element);
}
