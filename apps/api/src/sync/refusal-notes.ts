/**
 * Refusals that belong to no compartment's log: what they were about was not open to the session, and whoever reads that
 * log must not learn from it who asks in vain. They stand in the process's log, one line a second for each session.
 */
import { Logger } from '@nestjs/common';
import type { RejectionCode } from '@lodestone/sync-protocol';

interface Whose {
  readonly session: string;
  readonly person: string;
}

const everyMs = 1_000;

export class RefusalNotes {
  readonly #log = new Logger('Refusals');
  readonly #counts = new Map<string, { person: string; codes: Map<RejectionCode, number> }>();
  #timer: NodeJS.Timeout | undefined;

  note({ session, person }: Whose, code: RejectionCode): void {
    const counted = this.#counts.get(session) ?? {
      person,
      codes: new Map<RejectionCode, number>(),
    };
    this.#counts.set(session, counted);
    counted.codes.set(code, (counted.codes.get(code) ?? 0) + 1);
    this.#timer ??= setTimeout(() => {
      this.#write();
    }, everyMs).unref();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#write();
  }

  #write(): void {
    this.#timer = undefined;
    for (const [session, { person, codes }] of this.#counts) {
      const counts = [...codes].map(([code, count]) => `${code} ${String(count)}`);
      this.#log.warn(`person ${person}, session ${session}: ${counts.join(', ')}`);
    }
    this.#counts.clear();
  }
}
