/** Records over HTTP: as they are, as they stood after any entry, as CSV, and nothing of what is hidden. */
import { recordsAnswerSchema, recordsPath, type RecordsAnswer } from '@lodestone/api-contract';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { project, type TestClient } from '../sync/testing/client.ts';
import { ServedWorkspace, type ServedPerson } from '../testing/served-workspace.ts';

const projects = recordsPath('allied', 'project');

let workspace: ServedWorkspace;
let usa: ServedPerson;
let aus: ServedPerson;

beforeAll(async () => {
  workspace = await ServedWorkspace.start();
  await workspace.addParties('USA', 'JPN', 'AUS');
  await workspace.addCompartment('allied', { parties: ['USA', 'JPN'] });
  await workspace.addCompartment('public');
  usa = await workspace.addPerson('usa.editor', 'USA');
  aus = await workspace.addPerson('aus.editor', 'AUS');
});

afterAll(async () => {
  await workspace.stop();
});

async function read(path: string, { browser } = usa): Promise<RecordsAnswer> {
  const response = await browser.call(path);
  expect(response.status).toBe(200);

  return recordsAnswerSchema.parse(await response.json());
}

describe('the present records', () => {
  it('are read from the committed state: births overlaid by cells, archived ones too, in order of id', async () => {
    const client = await workspace.open(usa, 'public/project');
    await client.commit({
      zinc: project('Zinc', { notes: 'born with' }),
      dy: project('Dysprosium', { materials: ['dy'] }),
    });
    const seq = await client.commit({
      'dy/materials/tb': true,
      'dy/materials/dy': false,
      'zinc/notes': null,
      'zinc/archived': true,
    });

    expect(await read(recordsPath('public', 'project'), aus)).toEqual({
      seq,
      records: [
        { id: 'dy', fields: { ...project('Dysprosium'), materials: ['tb'] } },
        { id: 'zinc', fields: { ...project('Zinc'), archived: true } },
      ],
    });
  });

  it('of a register that nobody has written are none', async () => {
    expect(await read(recordsPath('allied', 'milestone'))).toMatchObject({ records: [] });
  });
});

describe('?at=SEQ', () => {
  const history: Readonly<Record<string, unknown>>[] = [
    { mine: project('Mine', { notes: 'first', materials: ['nd'] }) },
    { 'mine/notes': 'second' },
    { 'mine/materials/dy': true, 'mine/materials/nd': false },
    { plant: project('Plant'), 'mine/place': { lat: 35.48, lon: -115.53 } },
    { 'mine/stage': 7 },
    { 'mine/notes': null },
    { 'plant/state': 'screened' },
    { 'mine/notes': 'again', 'plant/archived': true },
  ];
  /** What REST showed after each entry. */
  const shown: RecordsAnswer[] = [];
  let client: TestClient;

  beforeAll(async () => {
    client = await workspace.open(usa, 'allied/project');
    shown.push(await read(projects));
    for (const values of history) {
      const { status } = await client.set(values);
      shown.push(await read(projects));
      // A refusal is an entry, too; after it a client begins anew.
      if (status !== 'committed') await client.open('allied/project');
    }
  });

  it('shows after every entry what was shown then', async () => {
    expect(shown.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(new Set(shown.map(({ records }) => JSON.stringify(records))).size).toBe(8);

    for (const [at, then] of shown.entries()) {
      expect(await read(`${projects}?at=${String(at)}`)).toEqual(then);
    }
  });

  it('of an entry that is yet to come shows the present, and says so', async () => {
    expect(await read(`${projects}?at=9007199254740991`)).toEqual(shown.at(-1));
  });

  it.each(['-1', '1.5', '', 'now', '1e3', '0x1', '9007199254740992', '1&at=2', '1&more=1'])(
    'refuses %s',
    async (at) => {
      const response = await usa.browser.call(`${projects}?at=${at}`);

      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({ code: 'request.invalid' });
    },
  );
});

describe('CSV', () => {
  it('has a column a field, and what a spreadsheet would calculate is text', async () => {
    await workspace.addCompartment('table', { parties: ['USA', 'JPN'] });
    const client = await workspace.open(usa, 'table/project');
    const notes = '=HYPERLINK("https://evil.example","pay")\nsecond, line';
    await client.commit({
      mine: project('Say "mine"', {
        ...{ notes, materials: ['dy', 'tb'], place: { lat: -23.5, lon: 133.25 } },
      }),
    });

    const response = await usa.browser.call(recordsPath('table', 'project'), {
      headers: { Accept: 'text/csv' },
    });
    const text = await response.text();

    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
    const [row] = Papa.parse<Record<string, string>>(text, { header: true }).data;
    expect(row).toMatchObject({
      id: 'mine',
      name: 'Say "mine"',
      notes: `'${notes}`,
      materials: 'dy; tb',
      place: '-23.5, 133.25',
      state: 'Candidate',
      archived: '',
    });
  });

  it('of the past is as JSON is', async () => {
    const response = await usa.browser.call(`${projects}?at=1`, {
      headers: { Accept: 'text/csv' },
    });
    const { data } = Papa.parse<Record<string, string>>(await response.text(), { header: true });

    expect(data).toMatchObject([{ id: 'mine', notes: 'first' }]);
  });
});

describe('what is hidden', () => {
  it.each(['', '?at=1', '?at=x'])(
    'answers byte for byte as what does not exist (%s)',
    async (query) => {
      const ask = (path: string, accept = 'application/json') =>
        answerOf(aus.browser.call(`${path}${query}`, { headers: { Accept: accept } }));

      const hidden = await ask(projects);
      const others = await Promise.all([
        ask(recordsPath('nowhere', 'project')),
        ask(recordsPath('allied', 'nothing')),
        ask(recordsPath('public', 'nothing')),
        ask(recordsPath('allied', 'constructor')),
        ask(recordsPath('__proto__', 'project')),
        ask(recordsPath("allied' or '1", 'project')),
        ask(recordsPath('ALLIED', 'project')),
        ask(projects, 'text/csv'),
      ]);

      expect(hidden).toContain(query === '?at=x' ? '"status":422' : '"status":404');
      expect(new Set(others)).toEqual(new Set([hidden]));
    },
  );
});

/** Status, headers and body, but for what names the one request. */
async function answerOf(answer: Promise<Response>): Promise<string> {
  const response = await answer;
  const { requestId: _id, ...body } = (await response.json()) as Record<string, unknown>;
  const headers = [...response.headers].filter(
    ([name]) => !['date', 'x-request-id'].includes(name),
  );

  return JSON.stringify({ status: response.status, headers, body });
}
