/** A network between two programs, as bad as a test wants it. It knows nothing of what it carries. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

import type { Conditions } from './conditions.ts';
import { ProxiedConnection } from './proxied-connection.ts';

export class TcpProxy {
  readonly port: number;
  readonly #server: Server;
  readonly #connections = new Set<ProxiedConnection>();
  #conditions: Conditions = {};
  #isPartitioned = false;
  /** Of all connections so far, also those that are gone. */
  #accepted = 0;
  #resets = 0;

  private constructor(server: Server, target: { readonly host: string; readonly port: number }) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client: Socket) => {
      this.#accept(client, connect(target.port, target.host));
    });
  }

  /** @param address of what stands behind it, such as `http://localhost:3000` or `postgres://...:5432/...` */
  static async start(address: string, conditions: Conditions = {}): Promise<TcpProxy> {
    const { hostname, port } = new URL(address);
    const server = createServer({ noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new TcpProxy(server, { host: hostname, port: Number(port) });
    proxy.#conditions = conditions;

    return proxy;
  }

  get accepted(): number {
    return this.#accepted;
  }

  get resets(): number {
    return this.#resets;
  }

  /** The address of what stands behind it, by way of the proxy. */
  through(address: string): string {
    const url = new URL(address);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);

    return url.href.replace(/\/$/, '');
  }

  /** For all connections, also those that stand. */
  become(conditions: Conditions): void {
    this.#conditions = conditions;
    for (const connection of this.#connections) connection.hurry();
  }

  /** Nothing passes any more, in either direction and for nobody, until `heal`; nobody is told. */
  partition(): void {
    this.#isPartitioned = true;
    for (const connection of this.#connections) connection.pause();
  }

  /** What was held back arrives. */
  heal(): void {
    this.#isPartitioned = false;
    for (const connection of this.#connections) connection.resume();
  }

  /** The connections that stand never carry anything again, and neither end is told; new ones work. */
  halfOpen(): void {
    for (const connection of this.#connections) connection.swallow();
  }

  /** Both ends of every connection are reset. */
  resetAll(): void {
    for (const connection of [...this.#connections]) connection.reset();
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.resetAll();
    await once(this.#server, 'close');
  }

  #accept(client: Socket, server: Socket): void {
    this.#accepted += 1;
    const connection = new ProxiedConnection(client, server, {
      conditions: () => this.#conditions,
      ended: () => this.#connections.delete(connection),
      wasReset: () => {
        this.#resets += 1;
      },
    });
    this.#connections.add(connection);
    if (this.#isPartitioned) connection.pause();
  }
}
