/** What every project's Vitest configuration has in common. */
import { fileURLToPath } from 'node:url';

/** A report beside the console's, from which the test command adds up its closing line. */
export function reportersFor(project: string): {
  reporters: ['default', 'json'];
  outputFile: { json: string };
} {
  const file = fileURLToPath(new URL(`./test-results/${project}.json`, import.meta.url));

  return { reporters: ['default', 'json'], outputFile: { json: file } };
}
