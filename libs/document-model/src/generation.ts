/**
 * The next generation of a document: its present records written into a fresh one, each as one value. Whoever holds the
 * same records writes the same bytes, so that nobody has to be sent them.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as Y from 'yjs';
import { parseCellKey } from './cell-key.ts';
import type { RecordId } from './ids.ts';
import type { Cells } from './records.ts';
import type { Register } from './register.ts';

/** The client id that a generation is written under; none is ever leased below 2. */
export const generationClientId = 1;

/**
 * A Yjs v1 update that makes an empty document hold exactly these records (DM34, DM35). Cells that no declaration knows
 * are kept: a newer program may have written them.
 * @param cells a document's root map, or its keys and values
 */
export function encodeGeneration(register: Register, cells: Cells): Uint8Array {
  const document = new Y.Doc();
  document.clientID = generationClientId;
  const root = document.getMap<unknown>(register.name);
  const records = readParts(cells);
  document.transact(() => {
    for (const record of [...records.keys()].sort()) {
      const parts = records.get(record);
      if (parts?.birth !== undefined) root.set(record, laidOver(register, parts));
    }
  });
  const update = Y.encodeStateAsUpdate(document);
  document.destroy();

  return update;
}

/** What tells two generations apart, in hexadecimal digits. */
export function generationHash(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The keys of one record. */
interface RecordParts {
  birth: Readonly<Record<string, unknown>> | undefined;
  readonly cells: Map<string, unknown>;
  readonly elements: Map<string, Map<string, unknown>>;
}

function readParts(cells: Cells): ReadonlyMap<RecordId, RecordParts> {
  const records = new Map<RecordId, RecordParts>();
  for (const key of cells.keys()) {
    const parsed = parseCellKey(key);
    if (parsed === undefined) continue;
    const parts: RecordParts = records.get(parsed.record) ?? noParts();
    records.set(parsed.record, parts);
    const value = cells.get(key);
    if (parsed.part === 'birth') parts.birth = (value ?? {}) as RecordParts['birth'];
    else if (parsed.part === 'cell') parts.cells.set(parsed.field, value);
    else {
      const elements = parts.elements.get(parsed.field) ?? new Map<string, unknown>();
      parts.elements.set(parsed.field, elements.set(parsed.element, value));
    }
  }

  return records;
}

function noParts(): RecordParts {
  return { birth: undefined, cells: new Map(), elements: new Map() };
}

/** The birth with all its cells laid over it, as `RegisterRecords` reads them; an empty cell is left out. */
function laidOver(register: Register, parts: RecordParts): Readonly<Record<string, unknown>> {
  const { birth = {}, cells, elements } = parts;
  const fields = new Set([...Object.keys(birth), ...cells.keys(), ...elements.keys()]);
  const values: [string, unknown][] = [];
  for (const field of [...fields].sort()) {
    const value = isSet(register, field, parts)
      ? setOf(birth[field], elements.get(field) ?? new Map())
      : valueOf(cells.get(field), birth[field]);
    if (value !== null && value !== undefined) values.push([field, canonical(value)]);
  }

  return Object.fromEntries(values);
}

function valueOf(cell: unknown, born: unknown): unknown {
  return cell === undefined ? born : cell;
}

/** A field that this program does not know is told by its form: nothing but a set is an array, or has elements. */
function isSet(register: Register, field: string, { birth, elements }: RecordParts): boolean {
  const declared = Object.hasOwn(register.fields, field) ? register.fields[field] : undefined;
  if (declared !== undefined) return declared.kind === 'set';

  return elements.has(field) || Array.isArray(birth?.[field]);
}

function setOf(
  born: unknown,
  elements: ReadonlyMap<string, unknown>,
): readonly unknown[] | undefined {
  const present = new Set<unknown>(Array.isArray(born) ? born : []);
  for (const [element, isIn] of elements) {
    if (isIn === true) present.add(element);
    else present.delete(element);
  }

  return present.size === 0 ? undefined : [...present].sort();
}

/** The same JSON with the keys of its objects in one order. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
}
