/** Where each call of the HTTP interface is found. Server, web client and tests take the paths from here. */
export const routes = {
  session: '/api/session',
  me: '/api/me',
  registers: '/api/registers',
  /** A pattern: `recordsPath` fills it in. */
  records: '/api/compartments/:compartment/records/:register',
  auditEntries: '/api/audit/entries',
  live: '/api/health/live',
  ready: '/api/health/ready',
} as const;

/** The header in which a state-changing call shows its session's CSRF token. */
export const CSRF_HEADER = 'X-CSRF-Token';

/** The header that names one request, in the answer and in the server's log. */
export const REQUEST_ID_HEADER = 'X-Request-Id';

export function recordsPath(compartment: string, register: string): string {
  return routes.records
    .replace(':compartment', encodeURIComponent(compartment))
    .replace(':register', encodeURIComponent(register));
}
