/** What is read of the simulated database, by a statement of its own or within a transaction. */
import { encodeGeneration, findRegister } from '@lodestone/document-model';
import type { AdmittedStep, CommittedChange } from '../document-store.ts';
import { SimulatedDatabase } from './simulated-database.ts';

interface Range {
  readonly after: number;
  readonly upTo: number;
}

export function readCommittedEdits(
  database: SimulatedDatabase,
  compartment: string,
  edits: readonly string[],
): ReadonlyMap<string, number> {
  const known = database.compartment(compartment).edits;
  if (database.faults.sabotage === 'forget-edits') return new Map();

  return new Map(
    edits.flatMap((edit): [string, number][] => {
      const seq = known.get(edit);

      return seq === undefined ? [] : [[edit, seq]];
    }),
  );
}

export function readSteps(
  database: SimulatedDatabase,
  compartment: string,
  { after, upTo }: Range,
): readonly AdmittedStep[] {
  return database
    .compartment(compartment)
    .entries.filter(({ meta }) => meta.seq > after && meta.seq <= upTo)
    .flatMap((entry) => SimulatedDatabase.stepOf(entry) ?? []);
}

/** The generation that the log had reached at a sequence, and what of it there is to begin with. */
export function readGeneration(
  database: SimulatedDatabase,
  document: string,
  seq: number,
): { readonly generation: number; readonly seq: number; readonly state: Uint8Array | undefined } {
  const [compartment = '', registerName = ''] = document.split('/');
  const upTo = { after: 0, upTo: seq };
  const started = readSteps(database, compartment, upTo).findLast(
    (step) => step.document === document && 'start' in step,
  );
  const start = started !== undefined && 'start' in started ? started.start : undefined;
  const generation = start?.generation ?? 1;
  const stored = database.snapshots.get(document);
  if (stored?.generation === generation && stored.seq <= seq)
    return { generation, seq: stored.seq, state: stored.state };
  if (started === undefined) return { generation, seq: 0, state: undefined };
  const register = findRegister(registerName);
  if (register === undefined) throw new Error(`no register for ${document}`);
  // The snapshot is that of a later generation already: the same bytes again, of the projection.
  database.history.reach('generation-rebuilt');
  const cells = new Map<string, unknown>();
  for (const change of database.compartment(compartment).changes) {
    const key = change.field === '' ? change.record : `${change.record}/${change.field}`;
    if (change.register === registerName && change.seq <= started.seq) cells.set(key, change.new);
  }

  return { generation, seq: started.seq, state: encodeGeneration(register, cells) };
}

export function readChanges(
  database: SimulatedDatabase,
  compartment: string,
  { after, upTo }: Range,
): readonly CommittedChange[] {
  return database
    .compartment(compartment)
    .changes.filter(({ seq, field }) => seq > after && seq <= upTo && field !== '')
    .map((change) => SimulatedDatabase.toCommittedChange(change));
}

export function answerQuery(
  database: SimulatedDatabase,
  text: string,
  values: readonly unknown[],
): readonly object[] {
  const table = /\bfrom (\w+)/.exec(text)?.[1];
  switch (table) {
    case 'access_version':
      return [{ version: database.accessVersion }];
    case 'person':
      return [...database.people.values()];
    case 'compartment':
      return [...database.compartmentRows];
    case 'session': {
      const [asked] = values as readonly (readonly string[] | undefined)[];
      const live = [...database.sessions.keys()];

      return live.filter((sid) => asked?.includes(sid) ?? true).map((sid) => ({ sid }));
    }
    case undefined:
    default:
      throw new Error(`the simulated database cannot answer: ${text}`);
  }
}
