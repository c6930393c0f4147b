/** Loaded into a server before its own program: on SIGUSR2 it collects its garbage, so that memory can be compared. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** V8's own; the last resort also gives empty pages back to the system. */
const collect = runInNewContext('gc') as (how: object) => void;

process.on('SIGUSR2', () => {
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  process.stdout.write('garbage collected\n');
});
