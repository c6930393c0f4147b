/** The committed document, read cell by cell: each answer is a look-up or two, whatever the size of the register. */
import {
  formatCellKey,
  parseCellKey,
  type Birth,
  type RecordId,
  type Register,
  type Value,
} from '@lodestone/document-model';
import type * as Y from 'yjs';

export class CommittedCells {
  readonly root: Y.Map<unknown>;
  readonly #register: Register;
  /** Elements that have a key of their own, by the key of their set. */
  readonly #elements = new Map<string, Set<string>>();
  /** Walks the keys in the order in which they came; it is never run to its end, so it can go on with later ones. */
  readonly #keys: Iterator<string>;
  #keysRead = 0;

  constructor(root: Y.Map<unknown>, register: Register) {
    this.root = root;
    this.#register = register;
    this.#keys = root._map.keys();
  }

  /** The item that holds a key's present value. */
  itemOf(key: string): Y.Item | undefined {
    return this.root._map.get(key);
  }

  birthOf(record: RecordId): Birth | undefined {
    return this.root.get(record) as Birth | undefined;
  }

  /** The value of a field as a record reads it; a set as its elements, in no order. */
  valueOf(record: RecordId, birth: Birth, field: string): Value {
    if (this.#register.fields[field]?.kind === 'set') {
      return [...this.elementsOf(record, birth, field)];
    }
    const override = this.root.get(formatCellKey(record, field)) as Value | undefined;

    return override === undefined ? bornValue(birth, field) : override;
  }

  hasElement(record: RecordId, birth: Birth, field: string, element: string): boolean {
    const override = this.root.get(formatCellKey(record, field, element));
    if (override !== undefined) return override === true;
    const born = bornValue(birth, field);

    return Array.isArray(born) && born.includes(element);
  }

  elementsOf(record: RecordId, birth: Birth, field: string): ReadonlySet<string> {
    this.#readNewKeys();
    const born = bornValue(birth, field);
    const present = new Set<string>(Array.isArray(born) ? born : []);
    for (const element of this.#elements.get(formatCellKey(record, field)) ?? []) {
      if (this.root.get(formatCellKey(record, field, element)) === true) present.add(element);
      else present.delete(element);
    }

    return present;
  }

  /** No key is ever deleted and a Map keeps the order of its keys, so what is new stands after what was read. */
  #readNewKeys(): void {
    for (; this.#keysRead < this.root._map.size; this.#keysRead += 1) {
      const key = parseCellKey(this.#keys.next().value as string);
      if (key?.part !== 'element') continue;
      const set = formatCellKey(key.record, key.field);
      const elements = this.#elements.get(set);
      if (elements === undefined) this.#elements.set(set, new Set([key.element]));
      else elements.add(key.element);
    }
  }
}

function bornValue(birth: Birth, field: string): Value {
  return (Object.hasOwn(birth, field) ? birth[field] : undefined) ?? null;
}
