import { defineConfig } from 'vitest/config';
import { reporters } from '../../vitest.shared.ts';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'jsdom',
    // One document for all files of a worker: making one takes longer than most tests.
    isolate: false,
    passWithNoTests: false,
    ...reporters,
  },
});
