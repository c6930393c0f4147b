/** A document read as records: birth value overlaid by cells. Kept up to date key by key. */
import { archivedField, type Register } from './register.ts';
import { formatCellKey, parseCellKey } from './cell-key.ts';
import type { Field, Value } from './field.ts';
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
  /** The fields of a record that have keys of their own, with the elements that have; most records have none. */
  readonly #written = new Map<RecordId, Map<string, Set<string>>>();
  readonly #born = new Set<RecordId>();
  readonly register: Register;
  readonly #fields: readonly (readonly [string, Field])[];
  readonly #cells: Cells;

  constructor(register: Register, cells: Cells) {
    this.register = register;
    this.#fields = Object.entries(register.fields);
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
    if (parsed.part === 'birth') {
      this.#born.add(parsed.record);
    } else {
      const elements = this.#elementsOf(parsed.record, parsed.field);
      if (parsed.part === 'element') elements.add(parsed.element);
    }

    return parsed.record;
  }

  #elementsOf(record: RecordId, field: string): Set<string> {
    const fields = this.#written.get(record) ?? new Map<string, Set<string>>();
    this.#written.set(record, fields);
    const elements = fields.get(field) ?? new Set<string>();
    fields.set(field, elements);

    return elements;
  }

  #assemble(id: RecordId): RegisterRecord {
    const birth = (this.#cells.get(id) ?? {}) as Record<string, Value>;
    const written = this.#written.get(id);
    const fields: Record<string, Value> = {};
    for (const [name, { kind }] of this.#fields) {
      const place = { id, name, born: birth[name] ?? null, elements: written?.get(name) };
      const value = kind === 'set' ? this.#readSet(place) : this.#readCell(place);
      if (value !== null) fields[name] = value;
    }

    return { id, fields };
  }

  #readCell({ id, name, born, elements }: Place): Value {
    if (elements === undefined) return born;
    const cell = this.#cells.get(formatCellKey(id, name)) as Value | undefined;

    return cell === undefined ? born : cell;
  }

  #readSet({ id, name, born, elements }: Place): Value {
    const present = new Set(Array.isArray(born) ? (born as readonly string[]) : []);
    for (const element of elements ?? []) {
      if (this.#cells.get(formatCellKey(id, name, element)) === true) present.add(element);
      else present.delete(element);
    }

    return present.size === 0 ? null : [...present].sort();
  }
}

/** A field of a record, with what decides its value. */
interface Place {
  readonly id: RecordId;
  readonly name: string;
  readonly born: Value;
  /** Undefined where the field has no key of its own, so that its value is what it was born with. */
  readonly elements: ReadonlySet<string> | undefined;
}

export function isArchived(record: RegisterRecord): boolean {
  return record.fields[archivedField] === true;
}
