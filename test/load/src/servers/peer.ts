/** The peers, each a program of its own: started as its documentation says, and asked for nothing but what it does. */
import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { runProgram } from '@lodestone/test-support';
import { pinServer } from '../measure/cores.ts';
import type { Connection } from '../wire/connection.ts';
import { connectHocuspocus } from '../wire/hocuspocus.ts';
import { connectRelay } from '../wire/relay.ts';
import { connectYWebsocket } from '../wire/y-websocket.ts';
import type { Needs, RunningServer } from './running-server.ts';
import type { Stage } from './stage.ts';

export interface Peer {
  readonly program: string;
  readonly says: RegExp;
  readonly storesIn?: 'postgres';
  connect(port: number, document: string): Promise<Connection>;
}

export const hocuspocus: Peer = {
  program: fileURLToPath(new URL('programs/hocuspocus.ts', import.meta.url)),
  says: /^ready$/m,
  connect: connectHocuspocus,
};

export const hocuspocusDatabase: Peer = { ...hocuspocus, storesIn: 'postgres' };

export const yWebsocket: Peer = {
  program: fileURLToPath(
    new URL('bin/server.cjs', import.meta.resolve('y-websocket/package.json')),
  ),
  says: /^running at/m,
  connect: connectYWebsocket,
};

export const relay: Peer = {
  program: fileURLToPath(new URL('programs/relay.ts', import.meta.url)),
  says: /^ready$/m,
  connect: connectRelay,
};

export async function startPeer(peer: Peer, stage: Stage, needs: Needs): Promise<RunningServer> {
  const port = await findFreePort();
  const program = runProgram(peer.program, [], {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: String(port),
    ...(peer.storesIn === 'postgres' && { DATABASE_URL: stage.peers.ownerUrl }),
    ...needs.environment,
  });
  await program.says(peer.says);
  pinServer(program.pid);

  return {
    pid: program.pid,
    origin: `http://127.0.0.1:${String(port)}`,
    documents: typeof needs.documents === 'number' ? newNames(needs.documents) : needs.documents,
    connect: (document) => peer.connect(port, document),
    verify: () => Promise.resolve([]),
    output: () => program.output(),
    stop: async () => {
      await program.stop();
    },
  };
}

function newNames(count: number): readonly string[] {
  const run = randomBytes(4).toString('hex');

  return Array.from({ length: count }, (_, index) => `bench-${run}-${String(index)}`);
}

/** Not every peer says which port it got, so it is given one. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));

  return port;
}
