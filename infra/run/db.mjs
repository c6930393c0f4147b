/** `npm run db -- up | down | serve | new NAME`: migrates by hand, runs the embedded database alone, begins a migration. */
import './require-node.mjs';

import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { buildIfStale } from './build.mjs';
import { Refused, root, runToEnd } from './workspace.mjs';

const MIGRATIONS = path.join('apps', 'api', 'src', 'database', 'migrations');
const USAGE = 'Usage: npm run db -- up | down | serve | new NAME';

const [command, name] = process.argv.slice(2).filter((option) => option !== '--no-build');

process.chdir(root);
process.setSourceMapsEnabled(true);

await runToEnd(async () => {
  if (command === undefined) {
    throw new Refused(USAGE);
  }
  if (command === 'new') {
    await createMigration(name);
    return;
  }
  if (!process.argv.includes('--no-build')) {
    await buildIfStale();
  }
  const { main } = await import('../../apps/api/dist/database-command.js');

  await main(command);
});

async function createMigration(title) {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(title ?? '')) {
    throw new Refused(`${USAGE}, where NAME is words joined by hyphens, such as add-milestones`);
  }
  const timestamp = String(Date.now());
  const file = path.join(MIGRATIONS, `${timestamp}-${title}.ts`);
  const words = title.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));

  await writeFile(file, skeleton(`${words.join('')}${timestamp}`), { flag: 'wx' });
  console.log(
    `${file} is begun: write it, and add its class to ${path.join(MIGRATIONS, 'index.ts')}.`,
  );
}

function skeleton(className) {
  return `/** Say here what it changes, and why. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const up = \`
\`;

const down = \`
\`;

export class ${className} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(up);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(down);
  }
}
`;
}
