/** Expensive work in small portions, with a turn for everyone. */
import { describe, expect, it } from 'vitest';

import { FairQueue, QueueFull } from './fair-queue.ts';

describe('FairQueue', () => {
  it('runs no more at once than it may, and all of it in the end', async () => {
    const queue = new FairQueue({ concurrency: 2, waiting: 100, waitingPerLane: 100 });
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return 1;
    };

    const done = await Promise.all(Array.from({ length: 20 }, () => queue.run('a', work)));

    expect(done).toHaveLength(20);
    expect(most).toBe(2);
  });

  it('gives each lane its turn, however long another has queued', async () => {
    const queue = new FairQueue({ concurrency: 1, waiting: 100, waitingPerLane: 100 });
    const order: string[] = [];
    const enter = (lane: string) =>
      queue.run(lane, async () => {
        await Promise.resolve();
        order.push(lane);
      });

    await Promise.all(['a', 'a', 'a', 'a', 'a', 'a', 'b', 'c', 'b'].map(enter));

    expect(order.join('')).toBe('aabcabaaa');
  });

  it('refuses what would wait too long, in all and in one lane', async () => {
    const queue = new FairQueue({ concurrency: 1, waiting: 3, waitingPerLane: 2 });
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const enter = (lane: string) => queue.run(lane, () => gate);

    const taken = [enter('a'), enter('a'), enter('a')];
    await expect(enter('a')).rejects.toThrow(QueueFull);
    taken.push(enter('b'));
    await expect(enter('c')).rejects.toThrow(QueueFull);
    open();

    await expect(Promise.all(taken)).resolves.toHaveLength(4);
    await expect(enter('c')).resolves.toBeUndefined();
  });

  it('goes on after work that failed', async () => {
    const queue = new FairQueue({ concurrency: 1, waiting: 10, waitingPerLane: 10 });
    const failing = queue.run('a', () => Promise.reject(new Error('broken')));
    const next = queue.run('a', () => Promise.resolve('done'));

    await expect(failing).rejects.toThrow('broken');
    await expect(next).resolves.toBe('done');
  });
});
