/** `npm run simulate`: the sync engine in a simulated world, seed after seed. See apps/api/src/sync/simulation/README.md. */
import './require-node.mjs';

import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { root, runToEnd } from './workspace.mjs';

/** Below node_modules, so that what is imported from there is found, and nothing of it is committed. */
const OUTPUT = path.join(root, 'node_modules/.cache/simulation');

await runToEnd(async () => {
  await bundle();
  const { runCommand } = await import(pathToFileURL(path.join(OUTPUT, 'command.js')).href);

  process.exitCode = await runCommand(process.argv.slice(2), (line) => console.log(line));
});

/** As the api itself is built: Node alone cannot run its decorators. */
async function bundle() {
  const { build } = await import('vite');

  await build({
    configFile: false,
    logLevel: 'error',
    root: path.join(root, 'apps/api'),
    build: {
      ssr: true,
      outDir: OUTPUT,
      emptyOutDir: true,
      target: 'node22',
      minify: false,
      rolldownOptions: { input: { command: 'src/sync/simulation/command.ts' } },
    },
    ssr: { noExternal: [/^@lodestone\//] },
  });
}
