/** The bare relay on the wire: what one sends, the others of the room receive, and nobody keeps it. */
import type { Connection } from './connection.ts';
import { connectSocketIo, decodeEvent, toBuffer } from './socket-io.ts';

export async function connectRelay(port: number, document: string): Promise<Connection> {
  const socket = await connectSocketIo({
    port,
    namespace: '/',
    query: `&room=${encodeURIComponent(document)}`,
  });

  return {
    clientId: undefined,
    state: new Uint8Array([0, 0]),
    send: (update) => {
      socket.emit('update', toBuffer(update));

      return undefined;
    },
    listen: socket.listen,
    updateIn: (frame) => decodeEvent(frame).body as Uint8Array,
    close: socket.close,
  };
}
