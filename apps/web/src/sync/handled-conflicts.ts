/**
 * Conflicts the reader has dealt with on this device. The server only knows "read up to here"; whoever deals with the
 * newest of three first would otherwise see it again after a reload. Tabs tell each other.
 */
import { Listeners } from './listeners.ts';

/** Older ones have long been told to the server. */
const most = 500;

export class HandledConflicts {
  readonly #key: string;
  readonly #listeners = new Listeners();
  #ids: ReadonlySet<string>;
  readonly #onStorage = ({ key }: StorageEvent): void => {
    if (key !== this.#key) return;
    this.#ids = new Set([...this.#ids, ...read(this.#key)]);
    this.#listeners.notify();
  };

  constructor(person: string) {
    this.#key = `lodestone-handled-conflicts-${person}`;
    this.#ids = new Set(read(this.#key));
    addEventListener('storage', this.#onStorage);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  add(ids: readonly string[]): void {
    this.#ids = new Set([...read(this.#key), ...this.#ids, ...ids].slice(-most));
    try {
      localStorage.setItem(this.#key, JSON.stringify([...this.#ids]));
    } catch {
      // A browser that keeps nothing shows them again after a reload.
    }
    this.#listeners.notify();
  }

  subscribe(listener: () => void): () => void {
    return this.#listeners.add(listener);
  }

  forget(): void {
    localStorage.removeItem(this.#key);
  }

  close(): void {
    removeEventListener('storage', this.#onStorage);
  }
}

function read(key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');

    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}
