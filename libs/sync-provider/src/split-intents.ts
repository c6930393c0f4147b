/** Cuts a large act into edits that each fit one update. */
import { writeOf, type Intent } from '@lodestone/document-model';
import { createEncoder, length, writeAny, writeVarString } from 'lib0/encoding';

/** Well below the protocol's limit, since an overwrite also names what it replaces. */
const largestEdit = 200 * 1024;

/** Keeps one update's turn on the server short. */
const mostIntents = 2_000;

/** Ids, lengths and the deletion entry of one struct. */
const overhead = 48;

export function splitIntents(intents: readonly Intent[]): readonly (readonly Intent[])[] {
  const parts: Intent[][] = [];
  let part: Intent[] = [];
  let size = 0;
  for (const intent of intents) {
    const bytes = sizeOf(intent);
    if (part.length > 0 && (size + bytes > largestEdit || part.length === mostIntents)) {
      parts.push(part);
      part = [];
      size = 0;
    }
    part.push(intent);
    size += bytes;
  }
  if (part.length > 0) parts.push(part);

  return parts;
}

function sizeOf(intent: Intent): number {
  const { key, value } = writeOf(intent);
  const encoder = createEncoder();
  writeVarString(encoder, key);
  writeAny(encoder, value as Parameters<typeof writeAny>[1]);

  return length(encoder) + overhead;
}
