/** `npm start`: builds what is not built, then runs everything in this process. `--no-build` takes what is there. */
import './require-node.mjs';

import { buildIfStale } from './build.mjs';
import { root, runToEnd } from './workspace.mjs';

process.chdir(root);
process.env.NODE_ENV ??= 'production';
process.setSourceMapsEnabled(true);

await runToEnd(async () => {
  if (!process.argv.includes('--no-build')) {
    await buildIfStale();
  }
  const { main } = await import('../../apps/api/dist/main.js');

  await main();
});
