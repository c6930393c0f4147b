/** y-websocket on the wire: the address names the document, and nothing that is sent is ever answered. */
import { openSocket, type Connection } from './connection.ts';
import { YPresence } from './y-presence.ts';
import { decodeFrame, encodeAsk, encodeUpdate } from './y-protocol.ts';

export async function connectYWebsocket(port: number, document: string): Promise<Connection> {
  const synced = Promise.withResolvers<Uint8Array>();
  let listener: (frame: Buffer) => void = () => undefined;
  const wire = await openSocket(`ws://127.0.0.1:${String(port)}/${document}`, {
    onFrame: (frame) => {
      const { update, isState } = decodeFrame(undefined, frame);
      if (isState) synced.resolve(update ?? new Uint8Array());
      else listener(frame);
    },
  });
  wire.socket.send(encodeAsk(undefined));
  const state = await synced.promise;
  const presence = new YPresence(undefined);
  wire.onFrame = (frame) => {
    listener(frame);
  };

  return {
    clientId: undefined,
    state,
    send: (update) => {
      wire.socket.send(encodeUpdate(undefined, update));

      return undefined;
    },
    stand: (record) => {
      wire.socket.send(presence.encode(record));
    },
    listen: (next) => {
      listener = next;
    },
    updateIn: (frame) => decodeFrame(undefined, frame).update,
    close: () => {
      wire.socket.terminate();
    },
  };
}
