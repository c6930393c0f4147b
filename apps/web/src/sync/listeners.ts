/** Who wants to know that something changed. */
export class Listeners {
  readonly #listeners = new Set<() => void>();

  add(listener: () => void): () => void {
    this.#listeners.add(listener);

    return () => {
      this.#listeners.delete(listener);
    };
  }

  notify(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** The same, key by key: a change wakes only those who look at its key. */
export class ListenerMap<Key> {
  readonly #byKey = new Map<Key, Listeners>();

  add(key: Key, listener: () => void): () => void {
    const listeners = this.#byKey.get(key) ?? new Listeners();
    this.#byKey.set(key, listeners);

    return listeners.add(listener);
  }

  notify(keys: Iterable<Key>): void {
    for (const key of keys) this.#byKey.get(key)?.notify();
  }
}
