/** A connection to one document of one server: it speaks the server's own wire and applies nothing, so it is cheap. */
import { WebSocket } from 'ws';

export interface Connection {
  /** The client id to write with, where the server gives one. */
  readonly clientId: number | undefined;
  /** The document as it was when the connection was made. */
  readonly state: Uint8Array;
  /** Sends an update; resolves with whether it was taken. Undefined where the server never answers. */
  send(update: Uint8Array): Promise<boolean> | undefined;
  /** Says where the person stands, in the server's form of presence. */
  stand?(record: string): void;
  /** Everything that arrives from now on, acknowledgements excepted. */
  listen(listener: (frame: Buffer) => void): void;
  /** The Yjs update that a frame holds. */
  updateIn(frame: Buffer): Uint8Array | undefined;
  close(): void;
}

export interface Wire {
  readonly socket: WebSocket;
  /** Where frames go; a connection sets it when its handshake is done. */
  onFrame: (frame: Buffer, isBinary: boolean) => void;
}

/** Opens a WebSocket whose frames are Buffers. Frames that come before anyone looks are lost: set `onFrame` at once. */
export async function openSocket(
  url: string,
  options: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly onFrame: Wire['onFrame'];
  },
): Promise<Wire> {
  const { headers = {}, onFrame } = options;
  const socket = new WebSocket(url, {
    headers,
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const wire: Wire = { socket, onFrame };
  socket.binaryType = 'nodebuffer';
  socket.on('message', (frame, isBinary) => {
    wire.onFrame(frame as Buffer, isBinary);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  // A server that is ended cuts its connections.
  socket.on('error', () => undefined);

  return wire;
}
