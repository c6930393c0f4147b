/** One person's presence in y-protocols' form, told as the providers tell it: a new clock with each move. */
import { randomInt } from 'node:crypto';
import { encodeAwareness, type Address } from './y-protocol.ts';

export class YPresence {
  readonly #address: Address;
  readonly #clientId = randomInt(2 ** 32);
  #clock = 0;

  constructor(address: Address) {
    this.#address = address;
  }

  encode(record: string): Uint8Array {
    this.#clock += 1;
    const state = {
      user: { name: 'Sample editor', party: 'USA' },
      at: { record, field: 'notes' },
      editing: false,
    };

    return encodeAwareness(this.#address, { clientId: this.#clientId, clock: this.#clock, state });
  }
}
