/** Who wants to know of a change. A listener that throws is a bug of its own and stops nobody else. */
export type Listener<T> = (value: T) => void;

export type Unsubscribe = () => void;

export class Listeners<T> {
  readonly #all = new Set<Listener<T>>();

  add(listener: Listener<T>): Unsubscribe {
    const own: Listener<T> = (value) => {
      listener(value);
    };
    this.#all.add(own);

    return () => this.#all.delete(own);
  }

  notify(value: T): void {
    for (const listener of [...this.#all]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
