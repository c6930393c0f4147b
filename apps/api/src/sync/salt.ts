/** Salts for the log's leaves: 16 random bytes each, drawn in stock, since each draw costs as much as a hash. */
import { randomBytes } from 'node:crypto';

const size = 16;
const stockSize = 256 * size;
let stock = randomBytes(stockSize);
let used = 0;

export function drawSalt(): Uint8Array {
  if (used === stockSize) {
    stock = randomBytes(stockSize);
    used = 0;
  }
  used += size;

  return stock.subarray(used - size, used);
}
