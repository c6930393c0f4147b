/** The single statement of a swift turn: what PostgreSQL does for `append_turns`, and the ways in which it can end. */
import type { Appended, CompartmentTurn } from '../document-store.ts';
import { connectionLost, type SimulatedDatabase } from './simulated-database.ts';
import type { SimulatedProcess } from './simulated-process.ts';

interface Append {
  readonly turns: readonly CompartmentTurn[];
  readonly accessVersion: number;
}

export function appendSwiftly(
  database: SimulatedDatabase,
  process: SimulatedProcess,
  append: Append,
): Promise<Appended> {
  const { faults, random, time, history } = database;

  return database.request(process, async () => {
    if (faults.sabotage === 'acknowledge-before-commit') {
      time.after(random.between(0, 60), () => {
        if (!process.isDead) void write(database, append).catch(() => undefined);
      });

      return {
        outcome: 'appended',
        compartments: new Set(append.turns.map((turn) => turn.compartment)),
      };
    }
    const fault = faults.takeCommitFault(random);
    if (fault !== undefined) history.reach(`commit.${fault}`);
    if (fault === 'failed') throw connectionLost();
    if (fault === 'late') {
      // The statement is on its way when its process gives the connection up for lost.
      time.after(random.between(1, 300), () => {
        void write(database, append).catch(() => undefined);
      });
      throw connectionLost();
    }
    const appended = await write(database, append);
    if (faults.sabotage === 'head-by-number') return findByNumber(database, append);
    if (fault === 'answer-lost') throw connectionLost();

    return appended;
  });
}

async function write(
  database: SimulatedDatabase,
  { turns, accessVersion }: Append,
): Promise<Appended> {
  const owner = {};
  const { accessLock, faults, history } = database;
  const locksAccess = faults.sabotage !== 'no-access-lock';
  if (locksAccess) await accessLock.take(owner, 'shared');
  const held: CompartmentTurn[] = [];
  try {
    if (locksAccess && database.accessVersion !== accessVersion) {
      history.reach('access-moved');

      return { outcome: 'access-moved' };
    }
    for (const turn of turns) if (takeHead(database, turn, owner)) held.push(turn);
    if (held.length < turns.length) history.reach('head-moved');
    for (const turn of held) {
      const broken = database.findDuplicate(turn);
      if (broken !== undefined) throw broken;
    }
    // What the statement does, and the write to disk before its commit.
    await database.travel();
    for (const turn of held) database.commit(turn);

    return { outcome: 'appended', compartments: new Set(held.map((turn) => turn.compartment)) };
  } finally {
    for (const { compartment } of held) database.compartment(compartment).headLock.release(owner);
    accessLock.release(owner);
  }
}

function takeHead(database: SimulatedDatabase, turn: CompartmentTurn, owner: object): boolean {
  const { head, headLock } = database.compartment(turn.compartment);

  return Buffer.compare(head.frontier, turn.from.frontier) === 0 && headLock.tryTake(owner);
}

/** What a process would believe that looks whether the head has the number it wanted: another one may have given it. */
function findByNumber(database: SimulatedDatabase, { turns }: Append): Appended {
  const written = turns.filter(
    ({ compartment, turn }) => database.compartment(compartment).head.seq === turn.head.seq,
  );

  return {
    outcome: 'appended',
    compartments: new Set(written.map(({ compartment }) => compartment)),
  };
}
