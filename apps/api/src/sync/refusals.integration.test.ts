/** Refusals in the log: what was wanted, where and why; one by one up to a rate, and counted beyond it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mostWanted } from './refused-entry.ts';
import { refusalsPerSecond } from './refusal-log.ts';
import { project, type TestClient } from './testing/client.ts';
import type { TestNode } from './testing/node.ts';
import { TestWorkspace } from './testing/workspace.ts';

interface Refusal {
  readonly code: string;
  readonly message?: string;
  readonly record?: string;
  readonly field?: string;
  readonly wanted?: string;
  readonly cut?: boolean;
  readonly count?: number;
}

interface Row {
  readonly action: string;
  readonly actor: string;
  readonly edit: string | null;
  readonly changes: readonly Refusal[];
}

let workspace: TestWorkspace;
let compartment: string;
let node: TestNode;
let usa: TestClient;

beforeAll(async () => {
  workspace = await TestWorkspace.create();
});

beforeEach(async () => {
  compartment = await workspace.addCompartment();
  node = await workspace.node();
  usa = await node.open(workspace.people.usa, `${compartment}/project`);
  await usa.commit({ mine: project('Mine') });
});

afterEach(async () => {
  await node.stop();
});

afterAll(async () => {
  await workspace.remove();
});

async function refused(): Promise<readonly Row[]> {
  return workspace.rows<Row>(
    `select action, actor, edit, changes from log_entry
     where compartment = $1 and outcome = 'refused' order by seq`,
    [compartment],
  );
}

/** How many refusals the log tells of, in entries of their own and in counts. */
async function told(code: string): Promise<{ readonly alone: number; readonly counted: number }> {
  const rows = await refused();
  const counts = rows.filter(({ action }) => action === 'refusals.counted');
  const ofCode = (changes: Row['changes']) => changes.filter((change) => change.code === code);

  return {
    alone: rows.filter(
      ({ action, changes }) => action === 'document.edited' && changes[0]?.code === code,
    ).length,
    counted: counts
      .flatMap(({ changes }) => ofCode(changes))
      .reduce((sum, { count = 0 }) => sum + count, 0),
  };
}

/** Each from a replica of its own, which the refusal tears. */
async function setAlone(values: Readonly<Record<string, unknown>>, edit?: string) {
  const client = await node.open(workspace.people.usa, `${compartment}/project`);

  return client.set(values, edit === undefined ? {} : { edit });
}

describe('an entry of a refusal', () => {
  it('says who wanted which value where, in which edit, and why not', async () => {
    await setAlone({ 'mine/statusAsOf': 'soon', 'mine/stage': 7 }, 'edit-that-is-refused');

    expect(await refused()).toMatchObject([
      {
        action: 'document.edited',
        actor: workspace.people.usa.id,
        edit: 'edit-that-is-refused',
        changes: [
          { code: 'value.invalid' },
          { register: 'project', record: 'mine', field: 'statusAsOf', wanted: '"soon"' },
          { register: 'project', record: 'mine', field: 'stage', wanted: '7' },
        ],
      },
    ]);
  });

  it('holds values of 4 KiB in all, and says where they were cut', async () => {
    await setAlone({
      'mine/notes': `long\0${'あ'.repeat(100_000 / 4)}`,
      'mine/statusAsOf': 'soon',
    });

    const [row] = await refused();
    const [, notes, status] = row?.changes ?? [];
    expect(notes).toMatchObject({ field: 'notes', cut: true });
    expect(notes?.wanted?.startsWith('"long\\u0000あ')).toBe(true);
    expect(notes?.wanted).toHaveLength(mostWanted);
    expect(status).toMatchObject({ field: 'statusAsOf', wanted: '', cut: true });
  });

  it('is written also where the key is one that PostgreSQL could not hold', async () => {
    const answer = await setAlone({ [`mine/no\0${'x'.repeat(100)}`]: 1 });

    expect(answer).toMatchObject({ status: 'rejected', code: 'update.malformed' });
    expect(await refused()).toHaveLength(1);
  });

  it('is written also of what never reached a turn', async () => {
    const { document } = usa;
    const update = Buffer.alloc(300_000);
    await usa.socket.handlers.update({ document, update, edit: 'too-large-edit' });
    await usa.socket.handlers.update({ document, update: 'no bytes' });
    await usa.socket.handlers.read({ document, seq: -1 });

    await expect
      .poll(async () => (await refused()).map(({ changes, edit }) => [changes[0]?.code, edit]))
      .toEqual([
        ['update.too-large', 'too-large-edit'],
        ['update.malformed', null],
        ['update.malformed', null],
      ]);
  });

  it('is in no log where the document was not open', async () => {
    const other = node.connect(workspace.people.fra);
    await other.socket.handlers.open({
      document: usa.document,
      protocol: 1,
      device: 'device-of-fra',
    });
    await other.socket.handlers.update({ document: usa.document, update: Buffer.of(0, 0) });
    await usa.commit({ 'mine/notes': 'later' });

    expect(await refused()).toEqual([]);
  });
});

describe('a flood of refusals', () => {
  const flood = 300;

  it('of one session has twenty entries a second, and an entry that counts the rest', async () => {
    const begun = Date.now();
    const client = await node.open(workspace.people.usa, `${compartment}/project`);
    const garbage = () => client.send(Uint8Array.of(1, 2, 3));
    const answers = await Promise.all(Array.from({ length: flood }, garbage));
    const seconds = Math.floor((Date.now() - begun) / 1000) + 2;

    for (const answer of answers) expect(answer).toMatchObject({ code: 'update.malformed' });
    await expect
      .poll(async () => {
        const { alone, counted } = await told('update.malformed');

        return alone + counted;
      })
      .toBe(flood);
    const { alone } = await told('update.malformed');
    expect(alone).toBeGreaterThanOrEqual(refusalsPerSecond);
    expect(alone).toBeLessThanOrEqual(seconds * refusalsPerSecond);
  });

  it('outside any turn is counted alike', async () => {
    const update = Buffer.alloc(300_000);
    for (let left = flood; left > 0; left -= 1) {
      await usa.socket.handlers.update({ document: usa.document, update });
    }

    await expect
      .poll(async () => {
        const { alone, counted } = await told('update.too-large');

        return alone + counted;
      })
      .toBe(flood);
    expect((await told('update.too-large')).alone).toBeLessThan(flood / 2);
  });

  it('does not silence those of another session', async () => {
    const jpn = await node.open(workspace.people.jpn, `${compartment}/project`);
    const client = await node.open(workspace.people.usa, `${compartment}/project`);
    const garbage = Array.from({ length: flood }, () => client.send(Uint8Array.of(1, 2, 3)));
    await jpn.set({ 'mine/stage': 7 });
    await Promise.all(garbage);

    expect(await told('value.invalid')).toEqual({ alone: 1, counted: 0 });
  });
});
