/** Where the repository is, and an environment in which nothing of the caller's changes what a started program does. */
import { fileURLToPath } from 'node:url';

export const workspaceRoot = fileURLToPath(new URL('../../..', import.meta.url));

const OURS =
  /^(?:LODESTONE_|DATABASE_|REDIS_URL$|PUBLIC_ORIGIN$|PORT$|HOST$|NODE_ENV$|NODE_OPTIONS$|VITEST|PG)/;

export function cleanEnvironment(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OURS.test(name));

  return { ...Object.fromEntries(kept), ...added };
}
