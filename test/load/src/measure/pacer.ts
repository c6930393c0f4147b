/** Makes many writers write, each at its own steady pace, whatever the answers do: the load does not wait for the server. */
const lookEveryMs = 1;

export class Pacer {
  readonly #periodMs: number;
  readonly #due: number[];
  readonly #act: (writer: number) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(writers: number, perSecond: number, act: (writer: number) => void) {
    this.#periodMs = 1000 / perSecond;
    this.#act = act;
    // Their phases are spread, or all would write in the same millisecond.
    this.#due = Array.from({ length: writers }, () => Math.random() * this.#periodMs);
  }

  start(): void {
    const begun = performance.now();
    for (const writer of this.#due.keys()) this.#due[writer] = (this.#due[writer] ?? 0) + begun;
    this.#timer = setInterval(() => {
      this.#look();
    }, lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const now = performance.now();
    for (const [writer, due] of this.#due.entries()) {
      if (due > now) continue;
      this.#act(writer);
      this.#due[writer] = due + this.#periodMs;
    }
  }
}
