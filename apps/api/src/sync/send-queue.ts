/**
 * What waits to be sent to one socket. A reader slower than the document must not be a queue without end: from a bound
 * on he is sent no more updates and no presence, and when he has caught up he is told to open again.
 */

/** About ten seconds of a busy document for one reader. */
export const mostQueued = 1024 * 1024;
/** Behind that, a reader may still write: so much of answers. */
const mostAnswers = 4 * 1024 * 1024;
/** Answers are still owed to who is behind; who lets this much wait does not read at all. */
export const mostOwed = 64 * 1024 * 1024;
/** Looks in a row, five seconds apart, at which nothing had left a queue that is too long. */
export const mostStalls = 6;

/** An engine.io connection, as far as it is needed here. */
export interface Line {
  readonly writeBuffer: readonly { readonly data?: unknown }[];
  readonly transport: { readonly socket?: { readonly bufferedAmount: number } };
}

export class SendQueue {
  readonly #line: Line;
  readonly #drained: () => void;
  #waiting: (() => void)[] = [];
  #isBehind = false;
  #stalls = 0;
  #lastQueued = 0;
  #ended = false;

  /** @param drained called when a reader who was behind has caught up */
  constructor(line: Line, drained: () => void) {
    this.#line = line;
    this.#drained = drained;
  }

  /** Bytes that have not left this process. */
  get queued(): number {
    let bytes = this.#line.transport.socket?.bufferedAmount ?? 0;
    for (const { data } of this.#line.writeBuffer) bytes += sizeOf(data);

    return bytes;
  }

  /** Whether more of what can be had again by opening is not to be sent now. */
  isBehind(): boolean {
    if (this.#isBehind) return true;
    const { transport, writeBuffer } = this.#line;
    // Nearly always: nothing waits but what has just been handed over.
    if (writeBuffer.length < 2 && (transport.socket?.bufferedAmount ?? 0) <= mostQueued)
      return false;
    this.#isBehind = this.queued > mostQueued;

    return this.#isBehind;
  }

  /** Whether not even answers to new questions have room. */
  isOverfull(): boolean {
    return this.isBehind() && this.queued > mostAnswers;
  }

  /** To be called whenever something has left. */
  look(): void {
    if (!this.#isBehind || this.queued > mostQueued / 2) return;
    this.#isBehind = false;
    this.#stalls = 0;
    this.#release();
    this.#drained();
  }

  /** Resolves when there is room for something large, at once for nearly everybody. */
  async whenRoom(): Promise<void> {
    while (this.isBehind() && !this.#ended) await new Promise<void>((go) => this.#waiting.push(go));
  }

  /** The connection has ended: nobody waits for it any longer. */
  end(): void {
    this.#ended = true;
    this.#release();
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const go of waiting) go();
  }

  /** To be called every few seconds: whether this reader is to be given up. */
  isHopeless(): boolean {
    const { queued } = this;
    if (queued > mostOwed) return true;
    const isStalled = queued > mostQueued && queued >= this.#lastQueued;
    this.#lastQueued = queued;
    this.#stalls = isStalled ? this.#stalls + 1 : 0;

    return this.#stalls >= mostStalls;
  }
}

function sizeOf(data: unknown): number {
  if (typeof data === 'string') return data.length;

  return data instanceof Uint8Array ? data.byteLength : 0;
}
