/** Socket.IO with the msgpack parser, by hand: one frame a packet, decoded only where somebody needs what is in it. */
import parser from 'socket.io-msgpack-parser';
import { openSocket } from './connection.ts';

/** Packet types of the Socket.IO protocol. */
const packet = { connect: 0, event: 2, acknowledgement: 3, refusal: 4 } as const;
/** Engine.IO's own packets are text of one digit. */
const engine = { open: 0x30, ping: 0x32, pong: '3' } as const;

export interface SocketIoOptions {
  readonly port: number;
  readonly namespace: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SocketIoConnection {
  emit(event: string, body: unknown): void;
  ask(event: string, body: unknown): Promise<unknown>;
  readonly listen: (listener: (frame: Buffer) => void) => void;
  readonly close: () => void;
}

interface Packet {
  readonly type: number;
  readonly id?: number;
  readonly data?: unknown;
}

export async function connectSocketIo(options: SocketIoOptions): Promise<SocketIoConnection> {
  const { port, namespace, query = '', headers = {} } = options;
  const waiting = new Map<number, (answer: unknown) => void>();
  let listener: (frame: Buffer) => void = () => undefined;
  let nextId = 0;
  const connected = Promise.withResolvers<undefined>();
  const take = (frame: Buffer, isBinary: boolean): void => {
    if (!isBinary) {
      if (frame[0] === engine.ping) wire.socket.send(engine.pong);
      else if (frame[0] === engine.open) greeted.resolve(undefined);

      return;
    }
    const type = packetTypeOf(frame);
    if (type === packet.event) {
      listener(frame);
    } else if (type === packet.acknowledgement) {
      const { id = -1, data } = decodePacket(frame);
      waiting.get(id)?.((data as unknown[])[0]);
      waiting.delete(id);
    } else if (type === packet.connect) {
      connected.resolve(undefined);
    } else if (type === packet.refusal) {
      connected.reject(new Error(JSON.stringify(decodePacket(frame).data)));
    }
  };
  const greeted = Promise.withResolvers<undefined>();
  const wire = await openSocket(
    `ws://127.0.0.1:${String(port)}/socket.io/?EIO=4&transport=websocket${query}`,
    { headers, onFrame: take },
  );
  const write = (body: object) => {
    wire.socket.send(encodePacket(body));
  };
  await greeted.promise;
  write({ type: packet.connect, nsp: namespace });
  await connected.promise;

  return {
    emit: (event, body) => {
      write({ type: packet.event, data: [event, body], nsp: namespace });
    },
    ask: (event, body) =>
      new Promise((resolve) => {
        const id = nextId++;
        waiting.set(id, resolve);
        write({ type: packet.event, data: [event, body], nsp: namespace, id });
      }),
    listen: (next) => {
      listener = next;
    },
    close: () => {
      wire.socket.terminate();
    },
  };
}

/** The name of an event and its one argument. */
export function decodeEvent(frame: Buffer): { readonly event: string; readonly body: unknown } {
  const [event, body] = decodePacket(frame).data as [string, unknown];

  return { event, body };
}

/** The type without decoding the rest: a packet is a map whose first key is `type`, or `id` in an acknowledgement. */
export function packetTypeOf(frame: Buffer): number {
  if (frame[1] === 0xa4 && frame[2] === 0x74) return frame[6] ?? -1;
  if (frame[1] === 0xa2 && frame[2] === 0x69) return packet.acknowledgement;

  return decodePacket(frame).type;
}

export function encodePacket(body: object): Buffer {
  const [frame] = new parser.Encoder().encode(body) as unknown as [Buffer];

  return frame;
}

function decodePacket(frame: Buffer): Packet {
  const decoder = new parser.Decoder();
  let decoded: Packet | undefined;
  decoder.on('decoded', (packet: Packet) => {
    decoded = packet;
  });
  decoder.add(frame);
  if (decoded === undefined) throw new Error('not a packet');

  return decoded;
}

/** The parser's Node build writes raw bytes for a Buffer only. */
export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
