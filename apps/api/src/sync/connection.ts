/** One engine.io connection, from before anybody has said who he is: what it may ask, what waits to be sent, and its end. */
import { SendQueue, type Line } from './send-queue.ts';
import { SocketBudget } from './socket-budget.ts';

/** What of an engine.io socket is used. */
export interface EngineConnection extends Line {
  readonly transport: Line['transport'] & {
    readonly socket?: {
      readonly bufferedAmount: number;
      pause(): void;
      resume(): void;
      terminate(): void;
    };
    on(event: 'ready', listener: () => void): void;
  };
  on(event: 'packet', listener: (packet: { readonly data?: unknown }) => void): void;
  once(event: 'close', listener: () => void): void;
  close(): void;
}

/** Whom to tell, once a session speaks through it. */
interface Served {
  /** A reader who was behind has room again. */
  caughtUp(): void;
  /** To end the socket with a code. */
  overBudget(): void;
}

/** Frames of one connection that are read in one go; a client of ours has 16 edits on their way. */
const framesAtOnce = 128;
/** Then the others have their turn: without a pause the system hands over 2 MB of small frames in one step. */
const pauseMs = 10;
/** Time for the last words to leave; who does not read them is cut off. */
const farewellMs = 2_000;
/** A client connects to one namespace, once. */
const mostTries = 1;

export class Connection {
  readonly budget = new SocketBudget(performance.now());
  readonly queue: SendQueue;
  readonly #line: EngineConnection;
  #served: Served | undefined;
  #tries = 0;
  #framesNow = 0;
  #ended = false;

  constructor(line: EngineConnection) {
    this.#line = line;
    this.queue = new SendQueue(line, () => this.#served?.caughtUp());
    line.on('packet', ({ data }) => {
      this.#count(data);
    });
    line.transport.on('ready', () => {
      this.queue.look();
    });
    line.once('close', () => {
      this.queue.end();
    });
  }

  serve(served: Served): void {
    this.#served = served;
  }

  /** Whether this connection may still ask to be let in. */
  takeTry(): boolean {
    this.#tries += 1;

    return this.#tries <= mostTries;
  }

  /** Reads no more, sends what is on its way, and is cut off if that is not taken. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#line.close();
    setTimeout(() => {
      this.#line.transport.socket?.terminate();
    }, farewellMs).unref();
  }

  endIfHopeless(): void {
    if (!this.queue.isHopeless()) return;
    this.#ended = true;
    this.#line.transport.socket?.terminate();
  }

  #takeTurns(): void {
    this.#framesNow += 1;
    if (this.#framesNow === 1) setImmediate(() => (this.#framesNow = 0));
    if (this.#framesNow !== framesAtOnce) return;
    this.#line.transport.socket?.pause();
    setTimeout(() => this.#line.transport.socket?.resume(), pauseMs);
  }

  /** Before the frame is read. */
  #count(data: unknown): void {
    this.#takeTurns();
    if (this.#ended || this.budget.takeFrame(sizeOf(data), performance.now())) return;
    if (this.#served === undefined) this.end();
    else this.#served.overBudget();
  }
}

function sizeOf(data: unknown): number {
  return data instanceof Uint8Array || typeof data === 'string' ? data.length : 0;
}
