/** Lodestone's `/sync`, as PROTOCOL.md has it, with a real session. */
import { randomBytes } from 'node:crypto';
import { protocolVersion, syncEvents, syncNamespace } from '@lodestone/sync-protocol';
import type { Connection } from './connection.ts';
import { connectSocketIo, decodeEvent, toBuffer } from './socket-io.ts';

export interface LodestoneDoor {
  readonly port: number;
  readonly origin: string;
  /** The cookie of a session. */
  readonly cookie: string;
  readonly document: string;
}

interface Opened {
  readonly status: string;
  readonly clientId: number;
  readonly update: Uint8Array;
}

export async function connectLodestone(door: LodestoneDoor): Promise<Connection> {
  const { port, origin, cookie, document } = door;
  const socket = await connectSocketIo({
    port,
    namespace: syncNamespace,
    headers: { origin, cookie },
  });
  const device = randomBytes(12).toString('base64url');
  const opened = (await socket.ask(syncEvents.open, {
    document,
    protocol: protocolVersion,
    device,
  })) as Opened;
  if (opened.status !== 'open') throw new Error(`${document}: ${JSON.stringify(opened)}`);

  return {
    clientId: opened.clientId,
    state: opened.update,
    send: async (update) => {
      const edit = randomBytes(12).toString('base64url');
      const answer = await socket.ask(syncEvents.update, {
        document,
        update: toBuffer(update),
        edit,
      });

      return (answer as { status: string }).status === 'committed';
    },
    stand: (record) => {
      const at = { record, field: 'notes' };
      socket.emit(syncEvents.presence, { document, at, editing: false });
    },
    listen: socket.listen,
    updateIn: (frame) => {
      const { event, body } = decodeEvent(frame);

      return event === syncEvents.update ? (body as { update: Uint8Array }).update : undefined;
    },
    close: socket.close,
  };
}
