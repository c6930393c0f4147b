/** The error that ends a start (or a command) with one line for the operator instead of a stack trace. */

/** Its message is the whole line: what is wrong, and what would be right. The launcher prints it and exits with 1. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';
}
