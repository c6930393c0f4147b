/** All scenarios by name, in the order in which they run: the browser before its person gets a hundred compartments. */
import { admission } from './admission.ts';
import { browserOpen } from './browser-open.ts';
import { idle } from './idle.ts';
import { compartments, fanOut, quiet } from './live-editing.ts';
import { openLarge } from './open-large.ts';
import { presence } from './presence.ts';
import type { Scenario } from './scenario.ts';

export const scenarios = {
  browser: browserOpen,
  'fan-out': fanOut,
  quiet,
  compartments,
  admission,
  open: openLarge,
  presence,
  idle,
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios | 'soak';
