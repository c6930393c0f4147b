/** `npm test`: builds the apps, runs every project's tests, and closes with one line of totals. `--long`: at full size. */
import './require-node.mjs';

import { glob, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { nx, nxEnvironment, root, run, runToEnd } from './workspace.mjs';

/** Where each project's test runner leaves its report. */
const RESULTS = '{apps,libs,test}/*/test-results/*.json';
const WHOLE_PRODUCT = '@lodestone/test-system,@lodestone/test-e2e';
const long = process.argv.includes('--long');

await runToEnd(async () => {
  await clearResults();

  const built = await runNx(['-t', 'build']);
  const tested = built === 0 ? await runTests() : built;
  const { passed, failed } = await readTotals();

  // A project that could not even begin has no counts, and is a failure all the same.
  console.log(`${passed} passed, ${tested === 0 ? failed : Math.max(failed, 1)} failed`);
  process.exitCode = tested === 0 && failed === 0 ? 0 : 1;
});

/** Those of one project, then those of the whole product, which wait for it most of the time; at full size one by one. */
async function runTests() {
  const cache = long ? ['--skip-nx-cache'] : [];
  const parts = await runNx(['-t', 'test', '--parallel=3', `--exclude=${WHOLE_PRODUCT}`, ...cache]);
  const sideBySide = `--parallel=${long ? 1 : 2}`;
  const whole = await runNx(['-t', 'test', sideBySide, `-p=${WHOLE_PRODUCT}`, ...cache]);

  return Math.max(parts, whole);
}

async function runNx(options) {
  const env = { ...nxEnvironment, ...(long && { LODESTONE_TEST_SIZE: 'long' }) };
  const { code } = await run(
    process.execPath,
    [nx, 'run-many', '--outputStyle=stream', ...options],
    { env },
  );

  return code;
}

// What Nx takes from its cache it puts back there.
async function clearResults() {
  await Promise.all((await listResults()).map((file) => rm(file)));
}

async function readTotals() {
  const files = await listResults();
  const totals = await Promise.all(
    files.map(async (file) => countTests(JSON.parse(await readFile(file, 'utf8')))),
  );

  return {
    passed: totals.reduce((sum, { passed }) => sum + passed, 0),
    failed: totals.reduce((sum, { failed }) => sum + failed, 0),
  };
}

async function listResults() {
  return (await Array.fromAsync(glob(RESULTS, { cwd: root }))).map((name) => path.join(root, name));
}

/** Vitest reports its totals at the top, Playwright under `stats`. A file that failed to load counts as one failure. */
function countTests(report) {
  if (report.stats !== undefined) {
    const { expected = 0, flaky = 0, unexpected = 0 } = report.stats;

    return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0) };
  }
  const unloaded = (report.testResults ?? []).filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );

  return {
    passed: report.numPassedTests ?? 0,
    failed: (report.numFailedTests ?? 0) + unloaded.length,
  };
}
