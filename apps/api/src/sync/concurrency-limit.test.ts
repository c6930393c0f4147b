/** So many at a time, in order, and a place is free again whatever came of the work. */
import { describe, expect, it } from 'vitest';
import { ConcurrencyLimit } from './concurrency-limit.ts';

describe('a limit', () => {
  it('lets so many run at a time, the others in their order', async () => {
    const limit = new ConcurrencyLimit(3);
    const begun: number[] = [];
    let [running, most] = [0, 0];
    const work = Array.from({ length: 20 }, (_, at) =>
      limit.run(async () => {
        begun.push(at);
        most = Math.max(most, (running += 1));
        await new Promise(setImmediate);
        running -= 1;
      }),
    );

    expect(begun).toEqual([0, 1, 2]);
    expect(limit.waiting).toBe(17);
    await Promise.all(work);
    expect(most).toBe(3);
    expect(begun).toEqual(Array.from({ length: 20 }, (_, at) => at));
    expect(limit.waiting).toBe(0);
  });

  it('goes on after a failure', async () => {
    const limit = new ConcurrencyLimit(1);
    const failing = limit.run(() => Promise.reject(new Error('no')));
    const next = limit.run(() => Promise.resolve('done'));

    await expect(failing).rejects.toThrow('no');
    await expect(next).resolves.toBe('done');
  });
});
