/** A WebSocket to the port with nothing above it: it sends any frame, and sees whether it is cut off. */
import parser from 'socket.io-msgpack-parser';
import { WebSocket } from 'ws';

export interface RawOptions {
  readonly origin: string;
  readonly cookie?: string;
}

export class RawLine {
  readonly received: Buffer[] = [];
  readonly #socket: WebSocket;
  readonly closed: Promise<number>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (message: Buffer) => this.received.push(message));
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', resolve));
  }

  static async open({ origin, cookie }: RawOptions): Promise<RawLine> {
    const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const headers = { origin, ...(cookie !== undefined && { cookie }) };
    const socket = new WebSocket(url, { headers });
    const line = new RawLine(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });

    return line;
  }

  send(frame: Uint8Array | string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(frame);
  }

  /** Bytes on the TCP connection itself, below WebSocket. */
  sendBelow(bytes: Uint8Array): void {
    (this.#socket as unknown as { _socket: { write(bytes: Uint8Array): void } })._socket.write(
      bytes,
    );
  }

  /** Takes no more bytes off the connection. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** The events of the namespace among what was received. */
  events(): readonly { readonly event: string; readonly body: Record<string, unknown> }[] {
    return this.received.flatMap((message) => {
      const packet = decode(message) as { type?: number; data?: [string, Record<string, unknown>] };

      return packet.type === 2 && packet.data !== undefined
        ? [{ event: packet.data[0], body: packet.data[1] }]
        : [];
    });
  }

  end(): void {
    this.#socket.terminate();
  }
}

function decode(message: Buffer): unknown {
  const decoder = new parser.Decoder();
  let decoded: unknown = {};
  decoder.on('decoded', (packet: unknown) => {
    decoded = packet;
  });
  try {
    decoder.add(message);
  } catch {
    // A frame of engine.io itself.
  }

  return decoded;
}
