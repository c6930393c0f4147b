/** Bytes and texts put behind one another, to be hashed at once: no entry of the log costs memory that is thrown away. */

/** On every platform; no types of one are loaded here. */
declare const TextEncoder: new () => {
  encodeInto(text: string, into: Uint8Array): { readonly written: number };
};

const encoder = new TextEncoder();
/** A UTF-16 unit takes at most so many bytes as UTF-8. */
const mostBytesOfUnit = 3;

let scratch = new Uint8Array(4096);

/** Texts as UTF-8. What it returns is overwritten by the next call. */
export function gather(parts: readonly (Uint8Array | string)[]): Uint8Array {
  let most = 0;
  for (const part of parts)
    most += typeof part === 'string' ? part.length * mostBytesOfUnit : part.length;
  if (most > scratch.length) scratch = new Uint8Array(2 * most);
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'string') at += encoder.encodeInto(part, scratch.subarray(at)).written;
    else {
      scratch.set(part, at);
      at += part.length;
    }
  }

  return scratch.subarray(0, at);
}
