/** What every project's Vitest configuration has in common: a report from which `npm test` adds up its closing line. */
export const reporters = {
  reporters: ['default', 'json'],
  outputFile: { json: 'test-results/vitest.json' },
};
