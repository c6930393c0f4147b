/** The wire with nothing kept: asks, hears, and ends. For tests with many sockets, or with long ones. */
import type { Socket } from 'socket.io-client';
import { connected, newSocket } from './sync-socket.ts';

export interface WireOptions {
  /** Where it connects: the api, or what stands in front of it. */
  readonly url: string;
  /** The session's cookie, and the Origin, which is the api's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly answerMs?: number;
  readonly onEvent?: (event: string, body: Record<string, unknown>) => void;
}

const usualAnswerMs = 10_000;

export class WireSocket {
  readonly #socket: Socket;
  readonly #answerMs: number;

  private constructor(socket: Socket, answerMs: number) {
    this.#socket = socket;
    this.#answerMs = answerMs;
  }

  /** Rejects with the server's reason where the handshake is refused, and where nobody answers. */
  static async connect(options: WireOptions): Promise<WireSocket> {
    const socket = newSocket(options.url, options.headers);
    if (options.onEvent !== undefined) socket.onAny(options.onEvent);
    await connected(socket);

    return new WireSocket(socket, options.answerMs ?? usualAnswerMs);
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  /** Rejects when the connection ends, or when the answer does not come in time; the connection is then of no use. */
  async ask(event: string, body: object): Promise<Record<string, unknown>> {
    let ended: (() => void) | undefined;
    try {
      return await new Promise((resolve, reject) => {
        ended = () => {
          reject(new Error('the connection ended'));
        };
        this.#socket.once('disconnect', ended);
        this.#socket
          .timeout(this.#answerMs)
          .emit(event, body, (error: Error | null, answer: Record<string, unknown>) => {
            if (error === null) resolve(answer);
            else reject(error);
          });
        if (!this.#socket.connected) ended();
      });
    } catch (error) {
      this.close();
      throw error;
    } finally {
      if (ended !== undefined) this.#socket.off('disconnect', ended);
    }
  }

  close(): void {
    this.#socket.disconnect();
  }
}
