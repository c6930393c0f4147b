/** In which form the tests run, and what may be asked of a clock in it. */

/** `npm run test:long`: full sizes, one suite at a time. The short form runs other tests on the same cores. */
export const isLong = process.env['LODESTONE_TEST_SIZE'] === 'long';

/** What was promised for a machine that does nothing else: held to the letter in the long form, loosely in the short. */
export function ceiling(promisedMs: number): number {
  return isLong ? promisedMs : 4 * promisedMs;
}
