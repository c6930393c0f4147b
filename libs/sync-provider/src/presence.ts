/** Who else stands where in one document, and where this person stands: told at most ten times a second. */
import type { PersonPresent, Place, PresenceEvent } from '@lodestone/sync-protocol';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';

export interface Standing {
  readonly at: Place | null;
  readonly editing: boolean;
}

const shortestMs = 100;

export class Presence {
  #people: readonly PersonPresent[] = [];
  #standing: Standing = { at: null, editing: false };
  #told: Standing | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connected = false;
  readonly #tell: (standing: Standing) => void;
  readonly #listeners = new Listeners<readonly PersonPresent[]>();

  constructor(tell: (standing: Standing) => void) {
    this.#tell = tell;
  }

  /** The same array until someone moves. */
  get people(): readonly PersonPresent[] {
    return this.#people;
  }

  onPeople(listener: Listener<readonly PersonPresent[]>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  stand(standing: Standing): void {
    this.#standing = standing;
    if (this.#timer === undefined) this.#say();
  }

  receive({ people, gone }: PresenceEvent): void {
    const left = new Set([...gone, ...people.map((person) => person.session)]);
    const staying = this.#people.filter((person) => !left.has(person.session));
    this.#show([...staying, ...people]);
  }

  /** The document is open: the others are about to be told of, and hear of this person anew. */
  connected(): void {
    this.#connected = true;
    this.#told = undefined;
    if (this.#standing.at !== null) this.#say();
  }

  disconnected(): void {
    this.#connected = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#people.length > 0) this.#show([]);
  }

  #say(): void {
    if (!this.#connected || isSame(this.#standing, this.#told)) return;
    this.#told = this.#standing;
    this.#tell(this.#standing);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#say();
    }, shortestMs);
  }

  #show(people: readonly PersonPresent[]): void {
    this.#people = people;
    this.#listeners.notify(people);
  }
}

function isSame(a: Standing, b: Standing | undefined): boolean {
  if (b === undefined || a.editing !== b.editing) return false;

  return a.at?.record === b.at?.record && a.at?.field === b.at?.field;
}
