/** Tests of the api: `unit` needs nothing, `integration` starts a PostgreSQL of its own. */
import { defineConfig } from 'vitest/config';

import { reporters } from '../../vitest.shared.ts';

export default defineConfig({
  test: {
    ...reporters,
    // They wait for PostgreSQL more than they compute.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/**/*.integration.test.ts'],
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['src/**/*.integration.test.ts'],
          globalSetup: ['src/database/testing/integration-postgres.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // Conditions, not times: a machine with other work to do may take its time.
          expect: { poll: { timeout: 15_000 } },
        },
      },
    ],
  },
});
