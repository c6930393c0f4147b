/** How much one connection may send. A program that stays below is never told `rate.limited`; PROTOCOL.md says so. */
interface Rate {
  readonly perSecond: number;
  /** What may come at once, after a while of less. */
  readonly burst: number;
}

const MiB = 1024 * 1024;

export const rates = {
  /** More of them, of whatever kind, ends the socket. */
  messages: { perSecond: 2_000, burst: 10_000 },
  /** An offline client sends what it kept at once: 2,000 edits must be in within seconds. */
  updates: { perSecond: 500, burst: 3_000 },
  updateBytes: { perSecond: 4 * MiB, burst: 32 * MiB },
  /** One for each, and one more for each 256 KiB of the answer: every register of every compartment, twice. */
  opens: { perSecond: 20, burst: 200 },
  /** `presence`, `read` and `leave`. */
  others: { perSecond: 200, burst: 1_000 },
  /** Messages that cannot be read; more of them ends the socket. */
  unreadable: { perSecond: 10, burst: 200 },
} as const satisfies Record<string, Rate>;
