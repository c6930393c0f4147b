/** Reads one JSON value of a ContentAny item, bounded in depth and size (UA3). */
import type { ByteReader } from './byte-reader.ts';
import { limits } from './limits.ts';
import { malformed } from './refusal.ts';

export interface DecodedValue {
  readonly value: unknown;
  /** False where a text in it holds U+0000, which PostgreSQL cannot store. */
  readonly storable: boolean;
}

/** The type bytes of lib0's `writeAny`; undefined, bigint and binary are no JSON and have no place here. */
const types = {
  null: 126,
  integer: 125,
  float32: 124,
  float64: 123,
  false: 121,
  true: 120,
  text: 119,
  object: 118,
  array: 117,
} as const;

/** Keys that would reach an object's prototype where a program copies key by key. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

export function isPrototypeKey(key: string): boolean {
  return prototypeKeys.has(key);
}

export function decodeValue(reader: ByteReader): DecodedValue {
  const decoder = new ValueDecoder(reader);
  const value = decoder.read(0);

  return { value, storable: decoder.storable };
}

class ValueDecoder {
  readonly #reader: ByteReader;
  #nodesLeft: number = limits.valueNodes;
  storable = true;

  constructor(reader: ByteReader) {
    this.#reader = reader;
  }

  read(depth: number): unknown {
    this.#nodesLeft -= 1;
    if (depth > limits.valueDepth || this.#nodesLeft < 0) throw malformed('a value is too large');
    switch (this.#reader.byte()) {
      case types.null:
        return null;
      case types.integer:
        return this.#reader.int();
      case types.float32:
        return this.#reader.float(4);
      case types.float64:
        return this.#reader.float(8);
      case types.false:
        return false;
      case types.true:
        return true;
      case types.text:
        return this.#text();
      case types.object:
        return this.#object(depth);
      case types.array:
        return Array.from({ length: this.#count() }, () => this.read(depth + 1));
      default:
        throw malformed('a value is not JSON');
    }
  }

  #text(): string {
    const text = this.#reader.text(limits.updateBytes);
    if (text.includes('\0')) this.storable = false;

    return text;
  }

  #object(depth: number): Record<string, unknown> {
    const object: Record<string, unknown> = {};
    for (let left = this.#count(); left > 0; left -= 1) {
      const key = this.#reader.text(limits.updateBytes);
      if (isPrototypeKey(key) || key.includes('\0')) throw malformed('a key is not allowed');
      object[key] = this.read(depth + 1);
    }

    return object;
  }

  #count(): number {
    const count = this.#reader.uint();
    if (count > this.#nodesLeft) throw malformed('a value is too large');

    return count;
  }
}
