/** `npm run bench`: Lodestone beside its peers. Builds what is not built; `--no-build` takes what is there. */
import './require-node.mjs';

import path from 'node:path';

import { buildIfStale } from './build.mjs';
import { nxEnvironment, root, run, runToEnd } from './workspace.mjs';

const options = process.argv.slice(2).filter((option) => option !== '--no-build');

await runToEnd(async () => {
  if (!process.argv.includes('--no-build')) {
    await buildIfStale();
  }
  const program = path.join(root, 'test/load/src/bench.ts');
  const { code } = await run(process.execPath, [program, ...options], {
    env: { ...nxEnvironment, NODE_NO_WARNINGS: '1' },
  });

  process.exitCode = code;
});
