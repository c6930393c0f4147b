/**
 * `npm run fuzz [-- --minutes 10] [-- --seed 7]`: broken and made-up updates against admission, with Yjs itself as the
 * witness. What was admitted changes exactly the cells it reports; what was refused leaves the document as it was.
 */
import './require-node.mjs';

import { randomInt } from 'node:crypto';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';

import { Refused, root, runToEnd } from './workspace.mjs';

const COMMAND = 'libs/update-admission/src/testing/fuzz-command.ts';
const LARGEST_SEED = 2 ** 31;

await runToEnd(async () => {
  const { minutes, seed } = readOptions();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(path.join(root, COMMAND), {
    configFile: false,
    logLevel: 'error',
  });

  console.log(`Seed ${seed}, ${minutes} minutes.`);
  const fine = module.fuzz({
    seed,
    minutes,
    now: () => performance.now(),
    tell: (line) => console.log(line),
  });

  process.exitCode = fine ? 0 : 1;
});

function readOptions() {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } },
  });
  const minutes = Number(values.minutes);
  const seed = values.seed === undefined ? randomInt(LARGEST_SEED) : Number(values.seed);

  if (!(minutes >= 0) || !Number.isInteger(seed) || seed < 0 || seed >= LARGEST_SEED) {
    throw new Refused(
      '--minutes takes a number from 0, --seed a whole number from 0 to 2147483647.',
    );
  }

  return { minutes, seed };
}
