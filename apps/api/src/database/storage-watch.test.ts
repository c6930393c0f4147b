/** What is said of a database that refuses to store. */
import { describe, expect, it } from 'vitest';
import { StorageWatch } from './storage-watch.ts';

describe('the watch on storage', () => {
  const fail = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));

  it.each(['53100', '58030', '25006'])(
    'refuses after %s, until something is stored',
    async (code) => {
      const watch = new StorageWatch();

      await expect(watch.watch(true, fail(code))).rejects.toThrow(code);
      expect(watch.isRefusing).toBe(true);
      await watch.watch(false, () => Promise.resolve());
      expect(watch.isRefusing).toBe(true);
      await watch.watch(true, () => Promise.resolve());
      expect(watch.isRefusing).toBe(false);
    },
  );

  it.each(['23505', '55P03', '57P01'])('does not refuse after %s', async (code) => {
    const watch = new StorageWatch();

    await expect(watch.watch(true, fail(code))).rejects.toThrow(code);
    expect(watch.isRefusing).toBe(false);
  });
});
