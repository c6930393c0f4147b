/** Tells a database that cannot answer now from a mistake of ours in asking it. */

const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

/**
 * Classes and codes of SQLSTATE: connection exceptions, insufficient resources, operator intervention (with
 * cancelled statements), a lock not granted in time, and a database that is read-only while it fails over.
 */
const SQL_STATES = /^(08|53|57)[0-9A-Z]{3}$|^55P03$|^25006$/;

/** What pg says without a code. */
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end|Query read timeout)/;

/** A system error counts only where it comes from a socket: a missing file is no outage. */
const SOCKET_CALLS = new Set(['connect', 'read', 'write', 'getaddrinfo']);

export function isDatabaseOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.some(isDatabaseOutage)) return true;
  if (isOutageItself(error)) return true;

  const { driverError } = error as { driverError?: unknown };

  return isDatabaseOutage(driverError) || isDatabaseOutage(error.cause);
}

function isOutageItself(error: Error): boolean {
  const { code, syscall } = error as { code?: unknown; syscall?: unknown };

  if (typeof code !== 'string') return MESSAGES.test(error.message);
  if (SQL_STATES.test(code)) return true;

  return SYSTEM_CODES.has(code) && typeof syscall === 'string' && SOCKET_CALLS.has(syscall);
}
