/** Every rule of a SPEC.md has a test that names it, and every id in a test title is a rule. */
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';

import { Refused, root } from './workspace.mjs';

const RULE = /\*\*([A-Z]{2}\d+)\*\*/g;
const TITLE = /\[([A-Z]{2}\d+)\]/g;

/** Throws where a library's rules and its test titles do not name each other. */
export async function checkSpecIds() {
  const faults = [];

  for await (const spec of glob('libs/*/SPEC.md', { cwd: root })) {
    const library = path.dirname(spec);
    const rules = idsIn(await readFile(path.join(root, spec), 'utf8'), RULE);
    const named = new Set();

    for await (const test of glob(`${library}/src/**/*{.test,-contract}.ts`, { cwd: root })) {
      for (const id of idsIn(await readFile(path.join(root, test), 'utf8'), TITLE)) named.add(id);
    }
    for (const id of rules) if (!named.has(id)) faults.push(`${spec}: no test names ${id}`);
    for (const id of named)
      if (!rules.has(id)) faults.push(`${library}: no rule ${id}, which a test names`);
  }
  if (faults.length > 0) throw new Refused(faults.join('\n'));
}

function idsIn(text, pattern) {
  return new Set([...text.matchAll(pattern)].map(([, id]) => id));
}
