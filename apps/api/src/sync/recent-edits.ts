/** The edits that a room has seen committed lately: a repetition is known as such without asking the database. */

/** A client repeats what is on its way, and that is soon. */
const mostKept = 20_000;

export class RecentEdits {
  readonly #seqs = new Map<string, number>();

  seqOf(edit: string): number | undefined {
    return this.#seqs.get(edit);
  }

  note(edit: string, seq: number): void {
    this.#seqs.set(edit, seq);
    if (this.#seqs.size <= mostKept) return;
    for (const [oldest] of this.#seqs) {
      this.#seqs.delete(oldest);
      break;
    }
  }
}
