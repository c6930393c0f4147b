import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.shared.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Each file starts its own API and PostgreSQL; two cores are enough for one at a time.
    fileParallelism: false,
    ...reporters,
  },
});
