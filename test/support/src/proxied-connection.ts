/** One connection through a proxy: two directions, each late, slow, cut or doubled as the conditions say, and in order. */
import type { Socket } from 'node:net';

import type { Conditions, Direction, Transform } from './conditions.ts';
import { Way } from './one-way.ts';

interface Hooks {
  readonly conditions: () => Conditions;
  readonly ended: () => void;
  readonly wasReset: () => void;
}

export class ProxiedConnection {
  readonly #hooks: Hooks;
  readonly #sockets: readonly [client: Socket, server: Socket];
  readonly #ways: readonly [Way, Way];
  readonly #transform: Transform | undefined;
  #isOver = false;

  constructor(client: Socket, server: Socket, hooks: Hooks) {
    this.#hooks = hooks;
    this.#sockets = [client, server];
    this.#transform = hooks.conditions().transform?.();
    const pass = (direction: Direction) => (bytes: Buffer) => this.#transformed(direction, bytes);
    this.#ways = [
      new Way(client, server, { conditions: unlimited(hooks.conditions), pass: pass('to-server') }),
      new Way(server, client, { conditions: hooks.conditions, pass: pass('to-client') }),
    ];
    for (const socket of this.#sockets) {
      socket.setNoDelay(true);
      socket.on('data', () => {
        if (Math.random() < (hooks.conditions().resets ?? 0)) this.reset();
      });
      socket.on('error', () => {
        this.#end();
      });
      socket.on('close', () => {
        this.#end();
      });
    }
  }

  pause(): void {
    for (const way of this.#ways) way.pause();
  }

  resume(): void {
    for (const way of this.#ways) way.resume();
  }

  swallow(): void {
    for (const way of this.#ways) way.swallow();
  }

  /** What waits for other conditions waits no longer. */
  hurry(): void {
    for (const way of this.#ways) way.hurry();
  }

  reset(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hooks.wasReset();
    for (const way of this.#ways) way.end();
    for (const socket of this.#sockets) {
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    }
    this.#hooks.ended();
  }

  #transformed(direction: Direction, bytes: Buffer): Buffer | undefined {
    const result = this.#transform?.(direction, bytes) ?? bytes;
    if (result !== 'cut') return result;
    this.reset();

    return undefined;
  }

  /** One end is gone: the other is told, unless nothing passes here any more. */
  #end(): void {
    if (this.#isOver || this.#ways.some((way) => way.isSwallowing)) return;
    this.#isOver = true;
    for (const way of this.#ways) way.finish();
    this.#hooks.ended();
  }
}

function unlimited(conditions: () => Conditions): () => Conditions {
  return () => {
    const { bytesPerSecond: _toClientOnly, ...others } = conditions();

    return others;
  };
}
