/**
 * One-dimensional arrays in PostgreSQL's binary form (`array_recv`). A statement with many rows takes its columns so: the
 * driver's own text form costs both sides half as much again, and a Buffer is the one parameter it sends as binary.
 */

/** How one element is written: its type's oid, how long it is, and its bytes. */
interface Element<Value> {
  readonly oid: number;
  readonly size: (value: Value) => number;
  readonly write: (value: Value, into: Buffer, at: number) => void;
}

type Encode<Value> = (values: readonly (Value | null)[]) => Buffer;

const dimensions = 1;
const lowerBound = 1;
const headOfEmpty = 12;
const head = 20;

function arrayOf<Value>({ oid, size, write }: Element<Value>): Encode<Value> {
  const empty = emptyArray(oid);

  return (values) => {
    if (values.length === 0) return empty;
    const sizes = values.map((value) => (value === null ? 0 : size(value)));
    const bytes = Buffer.allocUnsafe(
      sizes.reduce((sum, one) => sum + one, head + 4 * values.length),
    );
    bytes.writeInt32BE(dimensions, 0);
    bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4);
    bytes.writeUInt32BE(oid, 8);
    bytes.writeInt32BE(values.length, 12);
    bytes.writeInt32BE(lowerBound, 16);
    let at = head;
    values.forEach((value, index) => {
      const length = sizes[index] ?? 0;
      bytes.writeInt32BE(value === null ? -1 : length, at);
      if (value !== null) write(value, bytes, at + 4);
      at += 4 + length;
    });

    return bytes;
  };
}

function emptyArray(oid: number): Buffer {
  const bytes = Buffer.alloc(headOfEmpty);
  bytes.writeUInt32BE(oid, 8);

  return bytes;
}

/** Two halves: a sequence number or a time in microseconds is below 2^53. */
function writeBigint(value: number, into: Buffer, at: number): void {
  into.writeInt32BE(Math.floor(value / 0x1_0000_0000), at);
  into.writeUInt32BE(value % 0x1_0000_0000, at + 4);
}

const text: Element<string> = {
  oid: 25,
  size: (value) => Buffer.byteLength(value),
  write: (value, into, at) => {
    into.write(value, at);
  },
};

export const textArray = arrayOf(text);

export const integerArray = arrayOf<number>({
  oid: 23,
  size: () => 4,
  write: (value, into, at) => {
    into.writeInt32BE(value, at);
  },
});

/** Of whole numbers from 0 to 2^53 - 1. */
export const bigintArray = arrayOf<number>({ oid: 20, size: () => 8, write: writeBigint });

export const byteaArray = arrayOf<Uint8Array>({
  oid: 17,
  size: (value) => value.length,
  write: (value, into, at) => {
    into.set(value, at);
  },
});

export const uuidArray = arrayOf<string>({
  oid: 2950,
  size: () => 16,
  write: (value, into, at) => {
    into.write(value.replaceAll('-', ''), at, 'hex');
  },
});

/** Of JSON texts. */
export const jsonbArray = arrayOf<string>({
  oid: 3802,
  size: (value) => 1 + Buffer.byteLength(value),
  write: (value, into, at) => {
    // The version of the binary form.
    into.writeUInt8(1, at);
    into.write(value, at + 1);
  },
});

/** PostgreSQL counts microseconds from here. */
const epoch = Date.UTC(2000, 0, 1);

/** Of times in RFC 3339, not before the year 2000. */
export const timestampArray = arrayOf<string>({
  oid: 1184,
  size: () => 8,
  write: (value, into, at) => {
    writeBigint((Date.parse(value) - epoch) * 1_000, into, at);
  },
});
