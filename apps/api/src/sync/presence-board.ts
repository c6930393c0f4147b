/** Where people stand in a document: identity stamped by the server, changes coalesced, the latest wins. */
import type { PersonPresent, Place, PresenceEvent } from '@lodestone/sync-protocol';
import { systemClock, type Clock } from './clock.ts';

type Changes = Omit<PresenceEvent, 'document'>;

/** At most ten times a second. */
const coalesceMs = 100;

export class PresenceBoard {
  readonly #present = new Map<string, PersonPresent>();
  readonly #changed = new Set<string>();
  readonly #publish: (changes: Changes) => void;
  readonly #clock: Clock;
  #cancel: (() => void) | undefined;
  #lastSent = Number.NEGATIVE_INFINITY;

  constructor(publish: (changes: Changes) => void, clock: Clock = systemClock) {
    this.#publish = publish;
    this.#clock = clock;
  }

  /** Everybody who is here, for someone who has just come. */
  everyone(): Changes {
    return { people: [...this.#present.values()], gone: [] };
  }

  stand(who: Omit<PersonPresent, 'at' | 'editing'>, at: Place | null, editing: boolean): void {
    this.#present.set(who.session, { ...who, at, editing: editing && at !== null });
    this.#note(who.session);
  }

  leave(session: string): void {
    if (this.#present.delete(session)) this.#note(session);
  }

  close(): void {
    this.#cancel?.();
  }

  #note(session: string): void {
    this.#changed.add(session);
    this.#cancel ??= this.#clock.after(
      Math.max(0, this.#lastSent + coalesceMs - this.#clock.elapsed()),
      () => {
        this.#send();
      },
    );
  }

  #send(): void {
    this.#cancel = undefined;
    this.#lastSent = this.#clock.elapsed();
    const sessions = [...this.#changed];
    this.#changed.clear();
    const people = sessions.map((session) => this.#present.get(session));
    this.#publish({
      people: people.filter((person) => person !== undefined),
      gone: sessions.filter((session) => !this.#present.has(session)),
    });
  }
}
