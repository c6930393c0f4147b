/** Builds the api and the web client where their sources are newer than what was built last. */
import { existsSync } from 'node:fs';
import { readdir, stat, utimes } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

import { nx, Refused, root, run } from './workspace.mjs';

const OUTPUTS = ['apps/api/dist/main.js', 'apps/web/dist/index.html'];
const SOURCES = [
  'apps/api',
  'apps/web',
  'libs',
  'infra/postgres/roles.sql',
  'tsconfig.base.json',
  'package-lock.json',
];
/** Folders and files below the sources that no build reads. */
const IGNORED = /^(?:node_modules|dist|testing|\..*)$|\.(?:test|test-d)\.tsx?$|\.md$/;
const PROJECTS = ['@lodestone/api', '@lodestone/web'];

export async function buildIfStale() {
  const built = await oldest(OUTPUTS);

  if (built > 0 && (!existsSync(nx) || (await newest(SOURCES)) <= built)) {
    return;
  }
  await build();
}

async function build() {
  const begun = performance.now();

  console.log('Building Lodestone ...');
  if (!existsSync(nx)) {
    throw new Refused('The tools that build Lodestone are not installed: run npm ci first.');
  }
  const options = [nx, 'run-many', '-t', 'build', '-p', PROJECTS.join(',')];
  const { code, output } = await run(process.execPath, options, { quiet: true });

  if (code !== 0) {
    throw new Refused(`${output.trim()}\n\nLodestone could not be built: see above.`);
  }
  // Files that come out of the cache can be older than the sources they were built from.
  const now = new Date();
  await Promise.all(OUTPUTS.map((file) => utimes(path.join(root, file), now, now)));
  console.log(`Built in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
}

async function oldest(files) {
  return Math.min(...(await Promise.all(files.map((file) => modified(path.join(root, file))))));
}

async function newest(places) {
  return Math.max(
    ...(await Promise.all(places.map((place) => newestBelow(path.join(root, place))))),
  );
}

// A folder counts itself, since removing a file changes nothing else; a project's own folder does not, since building makes its dist there.
async function newestBelow(place) {
  const entries = await readdir(place, { withFileTypes: true }).catch(() => undefined);

  if (entries === undefined) {
    return modified(place);
  }
  const inside = entries
    .filter(({ name }) => !IGNORED.test(name))
    .map((entry) => newestBelow(path.join(place, entry.name)));
  const own = entries.some(({ name }) => name === 'package.json') ? 0 : await modified(place);

  return Math.max(own, ...(await Promise.all(inside)));
}

async function modified(file) {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
