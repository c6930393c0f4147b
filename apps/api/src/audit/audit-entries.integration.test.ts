/** The history over HTTP: every filter, page by page, and no entry of a compartment that the reader is not in. */
import {
  auditAnswerSchema,
  routes,
  type AuditAnswer,
  type AuditEntry,
} from '@lodestone/api-contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { project } from '../sync/testing/client.ts';
import { ServedWorkspace, type ServedPerson } from '../testing/served-workspace.ts';

let workspace: ServedWorkspace;
let usa: ServedPerson;
let jpn: ServedPerson;
let aus: ServedPerson;
let auditorOfJpn: ServedPerson;
let auditorOfUsa: ServedPerson;
let startOfUsa: string;

beforeAll(async () => {
  workspace = await ServedWorkspace.start();
  await workspace.addParties('USA', 'JPN', 'AUS');
  await workspace.addCompartment('public');
  await workspace.addCompartment('allied', { parties: ['USA', 'JPN'] });
  await workspace.addCompartment('usa', { parties: ['USA'] });
  usa = await workspace.addPerson('usa.editor', 'USA');
  jpn = await workspace.addPerson('jpn.editor', 'JPN');
  aus = await workspace.addPerson('aus.editor', 'AUS');
  auditorOfJpn = await workspace.addPerson('jpn.auditor', 'JPN', 'auditor');
  auditorOfUsa = await workspace.addPerson('usa.auditor', 'USA', 'auditor');
  const shared = project('Shared', { parties: ['AUS', 'JPN', 'USA'] });

  for (const person of [usa, jpn, aus]) {
    const client = await workspace.open(person, 'public/project');
    await client.commit({ [person.name.slice(0, 3)]: shared });
    await client.commit({
      [`${person.name.slice(0, 3)}/notes`]: person.name,
      [`${person.name.slice(0, 3)}/materials/dy`]: true,
    });
  }
  const bilateral = await workspace.open(jpn, 'allied/project');
  await bilateral.commit({ mine: project('Mine') }, { edit: 'edit-by-name' });
  await bilateral.commit({ 'mine/notes': 'secret from AUS' });
  await bilateral.set({ 'mine/stage': 7 });
  startOfUsa = new Date().toISOString();
  const sources = await workspace.open(usa, 'usa/source');
  await sources.commit({ report: { title: 'For US eyes' } });
  await sources.commit({ 'report/notes': 'secret from JPN' });
});

afterAll(async () => {
  await workspace.stop();
});

type Query = Readonly<Record<string, string>>;

async function find(query: Query, { browser } = usa): Promise<AuditAnswer> {
  const response = await browser.call(
    `${routes.auditEntries}?${new URLSearchParams(query).toString()}`,
  );
  if (response.status !== 200) throw new Error(await response.text());

  return auditAnswerSchema.parse(await response.json());
}

const places = ({ entries }: AuditAnswer) =>
  entries.map(({ compartment, seq }) => `${compartment}/${String(seq)}`);

describe('the history', () => {
  it('is every entry of the compartments one is in, newest first, each with what it changed', async () => {
    const [forUsa, forJpn, forAus] = [await find({}), await find({}, jpn), await find({}, aus)];

    expect(forUsa.next).toBeNull();
    const times = forUsa.entries.map(({ at }) => at);
    expect(times).toEqual([...times].sort().reverse());
    expect(places(forUsa).sort()).toEqual([
      ...['allied/1', 'allied/2', 'public/1', 'public/2', 'public/3', 'public/4'],
      ...['public/5', 'public/6', 'usa/1', 'usa/2'],
    ]);
    expect(places(forJpn)).toEqual(places(forUsa).filter((place) => !place.startsWith('usa/')));
    expect(places(forAus)).toEqual(places(forUsa).filter((place) => place.startsWith('public/')));
  });

  it('tells who, what, when and how it ended', async () => {
    const { entries } = await find({ compartment: 'allied' });

    expect(entries).toMatchObject([
      {
        ...{ seq: 2, action: 'record.updated', outcome: 'admitted', document: 'allied/project' },
        actor: { id: jpn.id, name: 'jpn.editor', party: 'JPN', roles: ['editor'] },
        changes: [
          {
            register: 'project',
            record: 'mine',
            field: 'notes',
            old: null,
            new: 'secret from AUS',
          },
        ],
      },
      {
        ...{ seq: 1, action: 'record.created', edit: 'edit-by-name' },
        changes: [{ record: 'mine', field: '', old: null, new: project('Mine') }],
      },
    ]);
  });
});

describe('a refusal', () => {
  it('is shown to the auditors of the party whose member was refused, with what he wanted', async () => {
    const { entries } = await find({ compartment: 'allied' }, auditorOfJpn);

    expect(entries).toHaveLength(3);
    expect(entries[0]).toMatchObject({
      ...{ seq: 3, outcome: 'refused', action: 'document.edited', changes: [] },
      actor: { id: jpn.id },
      refusals: [
        { code: 'value.invalid' },
        { register: 'project', record: 'mine', field: 'stage', code: 'value.invalid', wanted: '7' },
      ],
    });
  });

  it('is shown to nobody else: not to members, not to himself, not to the auditors of another party', async () => {
    for (const person of [usa, jpn, auditorOfUsa]) {
      const { entries } = await find({ compartment: 'allied' }, person);

      expect(entries.map(({ seq }) => seq)).toEqual([2, 1]);
      expect(entries.filter(({ refusals }) => refusals !== undefined)).toEqual([]);
    }
  });
});

describe('a filter', () => {
  it.each<[string, Query, readonly string[]]>([
    ['compartment', { compartment: 'usa' }, ['usa/2', 'usa/1']],
    [
      'action',
      { action: 'record.created', compartment: 'public' },
      ['public/5', 'public/3', 'public/1'],
    ],
    ['party', { party: 'AUS' }, ['public/6', 'public/5']],
    ['register', { register: 'source' }, ['usa/2', 'usa/1']],
    ['record', { record: 'mine' }, ['allied/2', 'allied/1']],
    ['record that nobody made', { record: 'nothing' }, []],
    ['field', { field: 'notes', compartment: 'public' }, ['public/6', 'public/4', 'public/2']],
    ['set field', { field: 'materials', record: 'usa' }, ['public/2']],
    ['field that is a pattern', { field: '%' }, []],
    ['field that is another pattern', { field: 'm_terials' }, []],
    ['register and record', { register: 'source', record: 'mine' }, []],
    ['text that looks like SQL', { record: `' or true --` }, []],
  ])('by %s finds what it says', async (_what, query, expected) => {
    expect(places(await find(query))).toEqual(expected);
  });

  it('by actor and by time finds what it says: from included, to excluded', async () => {
    expect(new Set((await find({ actor: jpn.id })).entries.map(({ actor }) => actor.id))).toEqual(
      new Set([jpn.id]),
    );
    expect(places(await find({ from: startOfUsa }))).toEqual(['usa/2', 'usa/1']);
    const [, first] = (await find({ compartment: 'usa' })).entries as [AuditEntry, AuditEntry];
    expect(places(await find({ compartment: 'usa', from: first.at }))).toContain('usa/1');
    expect(places(await find({ compartment: 'usa', to: first.at }))).toEqual([]);
    const inTokyo = new Date(Date.parse(first.at) + 9 * 3_600_000).toISOString();
    expect(
      places(await find({ compartment: 'usa', from: inTokyo.replace('Z', '+09:00') })),
    ).toContain('usa/1');
  });

  it('by record or field shows of an entry what it asks for', async () => {
    const { entries } = await find({ record: 'usa', field: 'notes' });

    expect(entries.map(({ changes }) => changes.map(({ field }) => field))).toEqual([['notes']]);
  });

  it.each([
    [{ from: 'yesterday' }],
    [{ actor: 'somebody' }],
    [{ party: 'usa' }],
    [{ limit: '0' }],
    [{ limit: '501' }],
    [{ record: 'a\0b' }],
    [{ unknown: 'x' }],
  ])('that says nothing is refused: %j', async (query: Query) => {
    await expect(find(query)).rejects.toThrow('request.invalid');
  });

  it.each([
    { from: '0000-01-01T00:00:00Z' },
    { to: '9999-12-31T23:59:59.999+23:59' },
    { from: '2026-02-28T00:00:00.123456789Z' },
    { after: '1~public~1' },
    { after: `2026-01-01T00:00:00.000Z~public~${'9'.repeat(200)}` },
    { after: '2026-01-01T00:00:00.000Z~~1' },
    { after: '~~' },
    { after: 'x' },
  ])('that is odd is answered: %j', async (query: Query) => {
    await expect(find(query)).resolves.toBeDefined();
  });
});

describe('a page', () => {
  it.each([1, 2, 5])('of %i leads to the next until everything was shown once', async (limit) => {
    const whole = await find({});
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: AuditAnswer = await find({
        limit: String(limit),
        ...(after !== null && { after }),
      });
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      seen.push(...places(page));
      after = page.next;
    } while (after !== null);

    expect(seen).toEqual(places(whole));
  });

  it('is not moved by what is written meanwhile', async () => {
    const whole = places(await find({ compartment: 'public' }));
    const first = await find({ compartment: 'public', limit: '3' });
    const client = await workspace.open(usa, 'public/project');
    await client.commit({ 'usa/status': 'written meanwhile' });

    const second = await find({ compartment: 'public', limit: '50', after: first.next ?? '' });

    expect([...places(first), ...places(second)]).toEqual(whole);
  });
});

describe('what is hidden', () => {
  it('is in no answer, whatever is asked for', async () => {
    const one = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values));
    const query = fc.record({
      compartment: one('public', 'allied', 'usa', 'nowhere'),
      actor: one(usa.id, jpn.id, aus.id),
      party: one('USA', 'JPN', 'AUS'),
      register: one('project', 'source'),
      record: one('mine', 'report', 'usa'),
      field: one('notes', 'title', ''),
      action: one('record.created', 'record.updated', 'document.edited'),
      from: one(startOfUsa, '2020-01-01T00:00:00Z'),
      limit: one('1', '3'),
      after: one(`${startOfUsa}~usa~9`, '2999-01-01T00:00:00.000Z~zzz~999'),
    });

    await fc.assert(
      fc.asyncProperty(query, async (given) => {
        const asked = Object.entries(given).filter(([, value]) => value !== null);
        const { entries } = await find(Object.fromEntries(asked) as Query, aus);

        expect(entries.filter(({ compartment }) => compartment !== 'public')).toEqual([]);
        expect(JSON.stringify(entries)).not.toContain('secret');
      }),
      { numRuns: 60 },
    );
  });

  it('answers as what does not exist', async () => {
    const [hidden, missing] = [
      await find({ compartment: 'usa' }, aus),
      await find({ compartment: 'nowhere' }, aus),
    ];

    expect(hidden).toEqual({ entries: [], next: null });
    expect(missing).toEqual(hidden);
  });
});
