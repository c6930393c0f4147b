/**
 * An encoder that remembers a message by its body: what goes to a hundred sockets as one object is encoded once. A body
 * must not be changed after it was sent.
 */
import parser from 'socket.io-msgpack-parser';

type Packet = Parameters<InstanceType<typeof parser.Encoder>['encode']>[0];
type Encoded = ReturnType<InstanceType<typeof parser.Encoder>['encode']>;

/** Socket.IO's number for an event; an acknowledgement goes to one socket only. */
const eventType = 2;

export class EncodeOnce extends parser.Encoder {
  readonly #encoded = new WeakMap<object, Encoded>();

  override encode(packet: Packet): Encoded {
    const { type, id, data } = packet as { type: number; id?: number; data?: unknown };
    const body: unknown = Array.isArray(data) ? data[1] : undefined;
    if (type !== eventType || id !== undefined || typeof body !== 'object' || body === null)
      return super.encode(packet);
    const known = this.#encoded.get(body);
    if (known !== undefined) return known;
    const encoded = super.encode(packet);
    this.#encoded.set(body, encoded);

    return encoded;
  }
}
