/** Reads the environment, once: the only file that does. Every variable is described where it is read. */
import { z } from 'zod';

import { StartRefused } from './start-refused.ts';

const DATABASE_PROTOCOLS = ['postgres:', 'postgresql:'];
const REDIS_PROTOCOLS = ['redis:', 'rediss:'];
const ACCEPTED = {
  host: 'an IP address or a host name, such as 127.0.0.1 or 0.0.0.0',
  port: 'a whole number from 0 to 65535 (0: any free port)',
  database: 'a PostgreSQL address, such as postgres://user:password@host:5432/lodestone',
  redis: 'a Redis address, such as redis://host:6379',
  folder: 'a path without line breaks',
  sample: 'on or off',
  password: 'a text of 1 to 1024 characters on one line',
  origin: 'an origin of scheme, host and port alone, such as https://lodestone.example',
} as const;

const Env = z
  .object({
    PORT: text(isPort, ACCEPTED.port).transform(Number).describe('Port on which HTTP listens'),
    HOST: text(isHost, ACCEPTED.host).describe('Address on which HTTP listens'),
    DATABASE_URL: text(hasProtocol(DATABASE_PROTOCOLS), ACCEPTED.database).describe(
      'PostgreSQL to use instead of the embedded one, as the role that serves (lodestone_app)',
    ),
    DATABASE_OWNER_URL: text(hasProtocol(DATABASE_PROTOCOLS), ACCEPTED.database).describe(
      'The same database as the role that migrates (lodestone_owner)',
    ),
    REDIS_URL: text(hasProtocol(REDIS_PROTOCOLS), ACCEPTED.redis).describe(
      'Makes this process one node of several',
    ),
    LODESTONE_DATA: text(isOneLine, ACCEPTED.folder).describe(
      'Folder for the embedded database and generated keys',
    ),
    LODESTONE_SAMPLE: text((value) => ['on', 'off'].includes(value), ACCEPTED.sample).describe(
      'Whether an empty database gets the sample workspace and its accounts',
    ),
    LODESTONE_SAMPLE_PASSWORD: text(isOneLine, ACCEPTED.password).describe(
      "The sample accounts' password, instead of a generated one",
    ),
    PUBLIC_ORIGIN: text(isOrigin, ACCEPTED.origin).describe(
      'The origin browsers use; requests from other origins are refused',
    ),
  })
  .partial();

/** What was set, as it was written; a variable that is unset or empty is absent. */
export type Env = z.infer<typeof Env>;

/** Throws {@link StartRefused} with one line that names the first bad variable and what it accepts. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const unknown = Object.keys(set).find((name) => name.startsWith('LODESTONE_') && !isKnown(name));

  if (unknown !== undefined) {
    throw new StartRefused(`${unknown} is not a setting of Lodestone: ${ownVariables()} are.`);
  }

  const result = Env.safeParse(set);
  const issue = result.error?.issues[0];

  if (issue !== undefined) {
    throw new StartRefused(`${String(issue.path[0])} must be ${issue.message}.`);
  }
  if (set.DATABASE_OWNER_URL !== undefined && set.DATABASE_URL === undefined) {
    throw new StartRefused(
      'DATABASE_OWNER_URL must be set together with DATABASE_URL, or not at all.',
    );
  }

  return result.data ?? {};
}

// The refused value is never repeated: it may hold a password.
function text(accepts: (value: string) => boolean, accepted: string) {
  return z.string().refine(accepts, { error: accepted });
}

function isKnown(name: string): boolean {
  return Object.hasOwn(Env.shape, name);
}

function ownVariables(): string {
  return Object.keys(Env.shape)
    .filter((name) => name.startsWith('LODESTONE_'))
    .join(', ');
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535;
}

function isHost(value: string): boolean {
  return /^[A-Za-z0-9.:_-]{1,253}$/.test(value);
}

function isOneLine(value: string): boolean {
  return value.length <= 1024 && !/\p{Cc}/u.test(value);
}

function hasProtocol(protocols: readonly string[]) {
  return (value: string) => protocols.includes(URL.parse(value)?.protocol ?? '');
}

function isOrigin(value: string): boolean {
  const url = URL.parse(value);

  return (
    url !== null && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(value)
  );
}
