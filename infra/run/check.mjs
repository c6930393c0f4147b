/** `npm run check`: what a commit needs, one step after another, up to the first that fails. */
import './require-node.mjs';

import path from 'node:path';
import { performance } from 'node:perf_hooks';

import { checkBoundaries } from './boundary-canary.mjs';
import { checkSpecIds } from './spec-ids.mjs';
import { nx, Refused, root, run, runToEnd } from './workspace.mjs';

const tool = (name) => path.join(root, 'node_modules', '.bin', name);
const nxTarget = (target) => [
  process.execPath,
  nx,
  'run-many',
  '-t',
  target,
  '--outputStyle=static',
];

const STEPS = [
  ['format', [tool('prettier'), '--check', '--log-level=warn', '.']],
  // Without a project graph Nx lets every import pass, and only says so.
  ['lint and boundaries', nxTarget('lint'), /will be skipped/],
  ['layers and cycles', [tool('depcruise'), '--config', '.dependency-cruiser.mjs', 'apps', 'libs']],
  ['types', nxTarget('typecheck')],
  ['dead code', [tool('knip')]],
  ['unit tests', nxTarget('test-unit')],
];

await runToEnd(async () => {
  const begun = performance.now();

  for (const [title, [program, ...options], suspicious] of STEPS) {
    const stepBegun = performance.now();
    const { code, output } = await run(program, options, { quiet: true });

    if (code !== 0 || suspicious?.test(output)) {
      throw new Refused(`${output.trim()}\n\n${title}: failed`);
    }
    console.log(`${title}: passed in ${seconds(stepBegun)} s`);
  }
  const canaryBegun = performance.now();

  await checkBoundaries();
  console.log(`boundary canary: seen in ${seconds(canaryBegun)} s`);
  await checkSpecIds();
  console.log('rules and tests: name each other');
  console.log(`Everything passed in ${seconds(begun)} s.`);
});

function seconds(begun) {
  return ((performance.now() - begun) / 1000).toFixed(1);
}
