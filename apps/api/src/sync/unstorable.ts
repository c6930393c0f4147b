/** Tells an update that the database will never take from a database that takes nothing. */

/**
 * Classes of SQLSTATE that are about what is written: data, constraints, limits, and what a trigger raised. Any other one
 * (a right or a table that is missing) would meet every update: then nobody is told that it is his.
 */
const ABOUT_WHAT_IS_WRITTEN = /^(22|23|54|P0)[0-9A-Z]{3}$/;

/** Of an error that is no outage, after the update has failed alone and again. */
export function isAboutTheUpdate(error: unknown): boolean {
  const { code } = (error ?? {}) as { readonly code?: unknown };

  // Without a code it is a mistake of ours with just this update.
  return typeof code !== 'string' || ABOUT_WHAT_IS_WRITTEN.test(code);
}
