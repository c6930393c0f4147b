/** The connection says truthfully how it stands. */
import { createServer, type Server } from 'node:http';
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcp,
  type Socket,
} from 'node:net';
import { Server as SocketServer } from 'socket.io';
import parser from 'socket.io-msgpack-parser';
import { afterEach, describe, expect, it } from 'vitest';
import { SyncConnection } from './connection.ts';
import { webRandom } from './random-ids.ts';
import { until } from './testing/harness.ts';
import { WorkspaceServer } from './testing/workspace-server.ts';

describe('the connection', () => {
  const open: { close(): unknown }[] = [];

  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });

  const connect = (url: string, probe: () => Promise<boolean>) => {
    const connection = new SyncConnection({ url, probe, random: webRandom });
    open.push(connection);
    connection.connect();

    return connection;
  };

  it('[PR70] is blocked where HTTP gets through and the socket does not', async () => {
    const http = await listen(createServer((_request, response) => response.end()));
    open.push({ close: () => http.close() });

    const connection = connect(urlOf(http), () => Promise.resolve(true));

    await until('blocked', () => connection.status === 'blocked');
  });

  it('[PR70] is offline where nothing gets through', async () => {
    const connection = connect('http://127.0.0.1:9', () => Promise.reject(new Error('no network')));

    await until('offline', () => connection.status === 'offline');
    expect(connection.status).not.toBe('blocked');
  });

  it('[PR71] comes back by itself when the server does', async () => {
    const server = await WorkspaceServer.start();
    const port = Number(new URL(server.url).port);
    const connection = connect(server.url, () => Promise.resolve(false));
    await until('connected', () => connection.status === 'connected');

    await server.stop();
    await until('offline', () => connection.status === 'offline');
    const again = await WorkspaceServer.start(port);
    open.push({ close: () => again.stop() });

    await until('connected again', () => connection.status === 'connected');
  });

  it('[PR71] comes back when the server ended the socket', async () => {
    const server = await WorkspaceServer.start();
    open.push({ close: () => server.stop() });
    const connection = connect(server.url, () => Promise.resolve(true));
    await until('connected', () => connection.status === 'connected');
    const seen: string[] = [];
    connection.onStatus((status) => seen.push(status));

    server.disconnectAll();

    await until('connected again', () => seen.join(' ') === 'offline connected');
  });

  it('[PR73] comes back where nothing passes any more and neither end is told', async () => {
    const http = await listen(createServer());
    const server = new SocketServer(http, { parser, pingInterval: 200, pingTimeout: 60_000 });
    const line = await startLine(Number(new URL(urlOf(http)).port));
    open.push(line, { close: () => server.close() });
    let accepted = 0;
    server.of('/sync').on('connection', () => (accepted += 1));
    const connection = connect(line.url, () => Promise.resolve(true));
    await until('connected', () => connection.status === 'connected');

    line.forget();

    await until('connected again', () => accepted === 2 && connection.status === 'connected');
  });
});

/** A relay that can forget the connections that stand: it keeps them, and passes nothing on. */
async function startLine(port: number) {
  const forgetting: (() => void)[] = [];
  const sockets: Socket[] = [];
  const relay = createTcp((client) => {
    const server = connectTcp(port, '127.0.0.1');
    client.pipe(server).pipe(client);
    sockets.push(client, server);
    for (const end of [client, server]) end.on('error', () => undefined);
    forgetting.push(() => {
      client.unpipe().resume();
      server.unpipe().resume();
    });
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${String((relay.address() as AddressInfo).port)}`,
    forget: () => {
      for (const one of forgetting.splice(0)) one();
    },
    close: () => {
      relay.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function listen(server: Server): Promise<Server> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}
