/** A document read as records: birth value overlaid by cells. Kept up to date key by key. */
import { archivedField, type Register } from './register.ts';
import { formatCellKey, parseCellKey } from './cell-key.ts';
import type { Value } from './field.ts';
import type { RecordId } from './ids.ts';

export interface RegisterRecord {
  readonly id: RecordId;
  /** Every declared field that has a value; a set as its elements, sorted. */
  readonly fields: Readonly<Record<string, Value>>;
}

/** What reading needs of a document's root map; a Y.Map is one. */
export interface Cells {
  get(key: string): unknown;
  keys(): Iterable<string>;
}

/**
 * The records of one document. Reading is lazy: a record is put together when it is asked for, kept, and forgotten when
 * one of its keys changes, so that a cell costs one record whatever the size of the register.
 */
export class RegisterRecords {
  readonly #read = new Map<RecordId, RegisterRecord>();
  /** Elements of set fields that have a key of their own, by `<record>/<field>`. */
  readonly #elements = new Map<string, Set<string>>();
  readonly #born = new Set<RecordId>();
  readonly register: Register;
  readonly #cells: Cells;

  constructor(register: Register, cells: Cells) {
    this.register = register;
    this.#cells = cells;
    for (const key of cells.keys()) this.#note(key);
  }

  /** The ids of all records, archived ones too, in no order. */
  ids(): Iterable<RecordId> {
    return this.#born;
  }

  get size(): number {
    return this.#born.size;
  }

  has(id: string): boolean {
    return this.#born.has(id as RecordId);
  }

  get(id: string): RegisterRecord | undefined {
    const record = id as RecordId;
    if (!this.#born.has(record)) return undefined;
    const known = this.#read.get(record);
    if (known !== undefined) return known;
    const fresh = this.#assemble(record);
    this.#read.set(record, fresh);

    return fresh;
  }

  /** Takes note of changed keys and returns the records they belong to. */
  refresh(keys: Iterable<string>): ReadonlySet<RecordId> {
    const touched = new Set<RecordId>();
    for (const key of keys) {
      const record = this.#note(key);
      if (record !== undefined) touched.add(record);
    }

    return touched;
  }

  #note(key: string): RecordId | undefined {
    const parsed = parseCellKey(key);
    if (parsed === undefined) return undefined;
    this.#read.delete(parsed.record);
    if (parsed.part === 'birth') this.#born.add(parsed.record);
    if (parsed.part === 'element') {
      const set = formatCellKey(parsed.record, parsed.field);
      const elements = this.#elements.get(set);
      if (elements === undefined) this.#elements.set(set, new Set([parsed.element]));
      else elements.add(parsed.element);
    }

    return parsed.record;
  }

  #assemble(id: RecordId): RegisterRecord {
    const birth = (this.#cells.get(id) ?? {}) as Record<string, Value>;
    const fields: Record<string, Value> = {};
    for (const [name, field] of Object.entries(this.register.fields)) {
      const value =
        field.kind === 'set'
          ? this.#readSet(id, name, birth[name])
          : this.#readCell(id, name, birth[name]);
      if (value !== null) fields[name] = value;
    }

    return { id, fields };
  }

  #readCell(id: RecordId, field: string, born: Value | undefined): Value {
    const cell = this.#cells.get(formatCellKey(id, field)) as Value | undefined;

    return cell === undefined ? (born ?? null) : cell;
  }

  #readSet(id: RecordId, field: string, born: Value | undefined): Value {
    const elements = new Set(Array.isArray(born) ? (born as readonly string[]) : []);
    for (const element of this.#elements.get(formatCellKey(id, field)) ?? []) {
      if (this.#cells.get(formatCellKey(id, field, element)) === true) elements.add(element);
      else elements.delete(element);
    }

    return elements.size === 0 ? null : [...elements].sort();
  }
}

export function isArchived(record: RegisterRecord): boolean {
  return record.fields[archivedField] === true;
}
