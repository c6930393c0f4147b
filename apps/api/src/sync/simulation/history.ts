/** What happened in one run: a line for each step, of which the hash is kept always and the text on demand; and what was reached. */
import { createHash } from 'node:crypto';

export class History {
  readonly #hash = createHash('sha256');
  readonly #lines: string[] = [];
  readonly #reached = new Map<string, number>();
  readonly #keepsLines: boolean;
  readonly #clock: () => number;
  #violation: string | undefined;

  constructor(clock: () => number, { keepsLines }: { readonly keepsLines: boolean }) {
    this.#clock = clock;
    this.#keepsLines = keepsLines;
  }

  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The first promise that was broken. */
  get violation(): string | undefined {
    return this.#violation;
  }

  get reached(): ReadonlyMap<string, number> {
    return this.#reached;
  }

  note(who: string, what: string): void {
    const line = `${this.#clock().toFixed(1).padStart(9)} ${who.padEnd(12)} ${what}`;
    this.#hash.update(line).update('\n');
    if (this.#keepsLines) this.#lines.push(line);
  }

  /** A rare path was taken. */
  reach(path: string): void {
    this.#reached.set(path, (this.#reached.get(path) ?? 0) + 1);
  }

  violate(what: string): void {
    if (this.#violation !== undefined) return;
    this.#violation = what;
    this.note('VIOLATION', what);
  }

  digest(): string {
    return this.#hash.copy().digest('hex');
  }
}
