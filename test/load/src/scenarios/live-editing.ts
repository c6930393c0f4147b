/** The three shapes of people editing together: a crowd in one document, a small meeting, and a house full of rooms. */
import { runSteadyLoad, type LoadShape } from './steady-load.ts';
import type { Scenario } from './scenario.ts';

const everybody = [
  'lodestone',
  'hocuspocus',
  'hocuspocus-database',
  'y-websocket',
  'relay',
] as const;

export const fanOut = scenarioOf('1 document, 40 writers x 25/s, 100 observers', {
  documents: 1,
  writers: 40,
  observers: 100,
  probes: 3,
  updatesPerSecond: 25,
});

export const quiet = scenarioOf('1 document, 4 writers x 25/s, 50 observers', {
  documents: 1,
  writers: 4,
  observers: 50,
  probes: 3,
  updatesPerSecond: 25,
});

export const compartments = scenarioOf('100 compartments x 4 connections, 480 updates/s', {
  documents: 100,
  writers: 4,
  observers: 0,
  probes: 1,
  updatesPerSecond: 1.2,
});

function scenarioOf(title: string, shape: LoadShape): Scenario {
  return {
    title,
    contenders: everybody,
    sessions: shape.documents * shape.writers,
    run: (run) => runSteadyLoad(run, shape),
  };
}
