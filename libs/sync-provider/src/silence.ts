/** Notices a connection over which nothing comes any more although neither end was told: a firewall has forgotten it, say. */
import type { Socket } from 'socket.io-client';

/** What of engine.io is used. It is told at the handshake how often the server speaks, if only to say that it is there. */
interface Engine {
  readonly _pingInterval?: number;
  on(event: 'packet', heard: () => void): void;
  close(): void;
}

const lookMs = 500;
/** One may be late; two are not coming. */
const missedPings = 2;

/**
 * The transport's own watch must give a large message on a slow line the time to arrive, and so is slow to give up. Where
 * nothing large is awaited, silence is enough.
 */
export class SilenceWatch {
  readonly #isWaiting: () => boolean;
  #heardAt = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param isWaiting whether something is awaited that may take long to arrive */
  constructor(socket: Socket, isWaiting: () => boolean) {
    this.#isWaiting = isWaiting;
    socket.on('connect', () => {
      this.#begin(socket.io.engine as unknown as Engine);
    });
    socket.on('disconnect', () => {
      clearInterval(this.#timer);
    });
  }

  #begin(engine: Engine): void {
    const most = (engine._pingInterval ?? 0) * missedPings;
    clearInterval(this.#timer);
    if (most <= 0) return;
    const hear = (): void => {
      this.#heardAt = performance.now();
    };
    hear();
    engine.on('packet', hear);
    this.#timer = setInterval(() => {
      if (this.#isWaiting()) hear();
      else if (performance.now() - this.#heardAt > most) engine.close();
    }, lookMs);
  }
}
