/** Time, as an argument: a simulation runs a room on a clock of its own. */
export interface Clock {
  /** Milliseconds since some moment; never goes back. */
  elapsed(): number;
  /** The time of day that entries are stamped with. */
  now(): Date;
  /** Runs work once, later. @returns calls it off */
  after(milliseconds: number, work: () => void): () => void;
}

export const systemClock: Clock = {
  elapsed: () => performance.now(),
  now: () => new Date(),
  after: (milliseconds, work) => {
    const timer = setTimeout(work, milliseconds);

    return () => {
      clearTimeout(timer);
    };
  },
};

export async function pause(clock: Clock, milliseconds: number): Promise<void> {
  await new Promise<void>((resolve) => {
    clock.after(milliseconds, resolve);
  });
}
