/** Socket.IO's client socket, as far as the provider uses it, on the simulated network. */
import type { Network } from './network.ts';
import type { SimulatedLink } from './simulated-link.ts';
import type { SimulatedProcess } from './simulated-process.ts';
import { wireCopy } from './wire-copy.ts';

type Listener = (...values: never[]) => void;
type Acknowledge = (error: Error | null, body?: unknown) => void;

interface Pending {
  readonly acknowledge: Acknowledge;
  readonly stopWaiting: () => void;
}

/** The signed-in session that a connection comes with, as its cookie would. */
export interface Credentials {
  readonly session: string;
}

export class SimulatedSocket {
  connected = false;
  /** Whether it is connected, or tries again by itself. */
  active = false;
  id: string | undefined;
  readonly io = {
    engine: {
      close: () => {
        this.#lose('forced close');
      },
    },
  };
  readonly #network: Network;
  readonly #process: SimulatedProcess;
  readonly #credentials: () => Credentials;
  readonly #listeners = new Map<string, Listener[]>();
  readonly #pending = new Map<number, Pending>();
  #link: SimulatedLink | undefined;
  #messages = 0;
  #attempts = 0;
  #stopTrying: () => void = () => undefined;

  constructor(network: Network, process: SimulatedProcess, credentials: () => Credentials) {
    this.#network = network;
    this.#process = process;
    this.#credentials = credentials;
  }

  on(event: string, listener: Listener): this {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);

    return this;
  }

  connect(): this {
    if (this.active) return this;
    this.active = true;
    this.#attempts = 0;
    this.#dial();

    return this;
  }

  disconnect(): this {
    this.#stopTrying();
    this.active = false;
    const link = this.#link;
    this.#link = undefined;
    link?.close('client');
    this.#noLongerConnected('io client disconnect');

    return this;
  }

  timeout(milliseconds: number) {
    return {
      emit: (event: string, body: unknown, acknowledge: Acknowledge) => {
        this.#emit(event, body, { acknowledge, milliseconds });
      },
    };
  }

  emit(event: string, body: unknown, acknowledge?: (body: unknown) => void): this {
    this.#emit(
      event,
      body,
      acknowledge && {
        acknowledge: (error, answer) => {
          if (error === null) acknowledge(answer);
        },
        milliseconds: Number.POSITIVE_INFINITY,
      },
    );

    return this;
  }

  /** Called by the network, as part of this socket's process. */
  readonly arrivals = {
    welcomed: (link: SimulatedLink) => {
      if (link !== this.#link) return;
      this.connected = true;
      this.id = link.id;
      this.#attempts = 0;
      this.#tell('connect');
    },
    refused: (link: SimulatedLink, code: string) => {
      if (link !== this.#link) return;
      this.#link = undefined;
      link.close('client');
      this.active = false;
      this.#tell('connect_error', new Error(code));
    },
    unreachable: () => {
      if (!this.active || this.#link !== undefined) return;
      this.#tell('connect_error', new Error('websocket error'));
      this.#dialLater();
    },
    event: (link: SimulatedLink, event: string, body: unknown) => {
      if (link === this.#link) this.#tell(event, body);
    },
    answer: (link: SimulatedLink, message: number, body: unknown) => {
      if (link !== this.#link) return;
      const pending = this.#pending.get(message);
      this.#pending.delete(message);
      pending?.stopWaiting();
      pending?.acknowledge(null, body);
    },
    /** The server has ended it: it is not tried again by itself. */
    dismissed: (link: SimulatedLink) => {
      if (link !== this.#link) return;
      this.#link = undefined;
      link.close('client');
      this.active = false;
      this.#noLongerConnected('io server disconnect');
    },
    lost: (link: SimulatedLink) => {
      if (link === this.#link) this.#lose('transport close');
    },
  };

  #dial(): void {
    this.#link = this.#network.dial(this, this.#process, this.#credentials());
  }

  #dialLater(): void {
    const most = Math.min(8_000, 300 * 2 ** this.#attempts++);
    const wait = most * (0.5 + this.#network.random.fraction());
    this.#stopTrying = this.#network.time.after(
      wait,
      () => {
        this.#dial();
      },
      this.#process,
    );
  }

  #lose(reason: string): void {
    const link = this.#link;
    if (link === undefined) return;
    this.#link = undefined;
    link.close('client');
    const wasConnected = this.connected;
    this.#noLongerConnected(reason);
    if (!wasConnected) this.#tell('connect_error', new Error('websocket error'));
    // Those who were told may have connected again, or have given up.
    if (this.#wantsToDial()) this.#dialLater();
  }

  #wantsToDial(): boolean {
    return this.active && this.#link === undefined;
  }

  #noLongerConnected(reason: string): void {
    if (!this.connected) return;
    this.connected = false;
    this.id = undefined;
    for (const [message, { acknowledge, stopWaiting }] of [...this.#pending]) {
      this.#pending.delete(message);
      stopWaiting();
      acknowledge(new Error('socket has been disconnected'));
    }
    this.#tell('disconnect', reason);
  }

  #emit(
    event: string,
    body: unknown,
    asked: { readonly acknowledge: Acknowledge; readonly milliseconds: number } | undefined,
  ): void {
    const link = this.#link;
    if (!this.connected || link === undefined) throw new Error('the provider asks first');
    const message = ++this.#messages;
    if (asked !== undefined) {
      const stopWaiting = Number.isFinite(asked.milliseconds)
        ? this.#network.time.after(
            asked.milliseconds,
            () => {
              if (this.#pending.delete(message)) {
                this.#network.history.reach('answer-overdue');
                asked.acknowledge(new Error('operation has timed out'));
              }
            },
            this.#process,
          )
        : () => undefined;
      this.#pending.set(message, { acknowledge: asked.acknowledge, stopWaiting });
    }
    const copy = wireCopy(body);
    link.toServer(() => {
      this.#network.receive(link, { event, body: copy, message });
    });
  }

  #tell(event: string, ...values: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? [])
      (listener as (...values: unknown[]) => void)(...values);
  }
}
