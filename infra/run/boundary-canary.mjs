/** Plants one forbidden import in `audit-log` and expects the lint rule to see it: a boundary that fails open is none. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { Refused, root, run } from './workspace.mjs';

const planted = path.join(root, 'libs/audit-log/src/boundary-canary.ts');
const rule = '@nx/enforce-module-boundaries';

/** Throws where the planted import is not reported. */
export async function checkBoundaries() {
  await writeFile(planted, "export { findRegister } from '@lodestone/document-model';\n");
  try {
    const eslint = path.join(root, 'node_modules', '.bin', 'eslint');
    const { output } = await run(eslint, [planted], { quiet: true });

    // The rule's name alone proves nothing: it also stands in the warning that the rule was skipped.
    if (output.includes('will be skipped') || !new RegExp(`error\\s.*${rule}`).test(output)) {
      throw new Refused(
        `A forbidden import was planted in audit-log, and ${rule} did not see it:\n${output}`,
      );
    }
  } finally {
    await rm(planted, { force: true });
  }
}
