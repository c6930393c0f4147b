/** Hocuspocus 4 on the wire: authenticates, asks for the document, and counts the answers to what it sends. */
import { openSocket, type Connection } from './connection.ts';
import { YPresence } from './y-presence.ts';
import { decodeFrame, encodeAsk, encodeAuth, encodeUpdate, frameType } from './y-protocol.ts';

/** The provider whose frames these are. */
const providerVersion = '4.8.0';

export async function connectHocuspocus(port: number, document: string): Promise<Connection> {
  const synced = Promise.withResolvers<Uint8Array>();
  const waiting: ((isTaken: boolean) => void)[] = [];
  let listener: (frame: Buffer) => void = () => undefined;
  const wire = await openSocket(`ws://127.0.0.1:${String(port)}/`, {
    onFrame: (frame) => {
      const { type, update, isState } = decodeFrame(document, frame);
      // "In memory": it comes before anything is stored.
      if (type === frameType.syncStatus) waiting.shift()?.(true);
      else if (isState) synced.resolve(update ?? new Uint8Array());
      else listener(frame);
    },
  });
  wire.socket.send(encodeAuth(document, providerVersion));
  wire.socket.send(encodeAsk(document));
  const state = await synced.promise;
  const presence = new YPresence(document);
  // From here on only what is shorter than an update can be an answer to one: the others need no decoding.
  const header = Buffer.byteLength(document) + 1;
  wire.onFrame = (frame) => {
    if (frame[header] === frameType.syncStatus) waiting.shift()?.(true);
    else listener(frame);
  };

  return {
    clientId: undefined,
    state,
    send: (update) =>
      new Promise((resolve) => {
        waiting.push(resolve);
        wire.socket.send(encodeUpdate(document, update));
      }),
    stand: (record) => {
      wire.socket.send(presence.encode(record));
    },
    listen: (next) => {
      listener = next;
    },
    updateIn: (frame) => decodeFrame(document, frame).update,
    close: () => {
      wire.socket.terminate();
    },
  };
}
