/** The sample holds what the registers accept, refers to what it holds, and is complete. */
import {
  checkBirth,
  findRegister,
  isCompartmentId,
  isRecordId,
  largestBirth,
  type Register,
} from '@lodestone/document-model';
import { describe, expect, it } from 'vitest';
import { sampleWorkspace, type SampleRecord } from './sample-workspace.ts';

const { accounts, compartments, parties, records } = sampleWorkspace;
const rows = [...records].map(([name, list]) => ({ name, list }));

function registerOf(name: string): Register {
  const register = findRegister(name);
  if (register === undefined) throw new Error(`${name} is no register`);

  return register;
}

/** The records a record points at, as `<register>/<id>`. */
function referencesOf(register: Register, { fields }: SampleRecord): readonly string[] {
  return Object.entries(register.fields).flatMap(([name, field]) => {
    const inner = field.kind === 'set' ? field.of : field;
    if (inner.kind !== 'reference') return [];

    const ids = [fields[name] ?? []].flat() as readonly string[];

    return ids.map((id) => `${inner.register}/${id}`);
  });
}

const fieldsOf = (name: string) => (records.get(name) ?? []).map(({ fields }) => fields);

describe('the sample records', () => {
  it.each([
    ['project', 29],
    ['capacity-line', 38],
    ['milestone', 16],
    ['source', 97],
    ['material', 32],
    ['party', 18],
    ['stage', 14],
    ['project-stage', 14],
    ['instrument', 25],
  ])('holds of %s %i records, under distinct ids', (name, count) => {
    const ids = records.get(name)?.map(({ id }) => id) ?? [];

    expect(new Set(ids).size).toBe(count);
    expect(ids).toHaveLength(count);
    expect(ids.filter((id) => !isRecordId(id))).toEqual([]);
  });

  it.each(rows)('of $name are births that the register accepts', ({ name, list }) => {
    const register = registerOf(name);

    const refused = list
      .map(({ id, fields }) => ({ id, problem: checkBirth(register, fields) }))
      .filter(({ problem }) => problem !== undefined);

    expect(refused).toEqual([]);
  });

  it.each(rows)(
    'of $name refer only to records of the sample that come before them',
    ({ name, list }) => {
      const before = rows.slice(
        0,
        rows.findIndex((row) => row.name === name),
      );
      const known = new Set(before.flatMap((row) => row.list.map(({ id }) => `${row.name}/${id}`)));

      const dangling = list
        .flatMap((record) => referencesOf(registerOf(name), record))
        .filter((target) => !known.has(target));

      expect(dangling).toEqual([]);
    },
  );

  it('fit twenty-five to an update', () => {
    for (const { list } of rows) {
      for (const record of list)
        expect(JSON.stringify(record).length).toBeLessThan(largestBirth / 8);
    }
  });

  it('name a source for every fact, and say how far it can be trusted', () => {
    for (const { name, list } of rows) {
      for (const { fields } of name === 'source' ? [] : list) {
        expect(fields['sources']).not.toHaveLength(0);
        expect(['published', 'approximate', 'illustrative']).toContain(fields['confidence']);
      }
    }
  });

  it('list both lead parties and the host on every project, and on what belongs to it', () => {
    const hosts = new Map(
      (records.get('project') ?? []).map(({ id, fields }) => [id, fields['parties']] as const),
    );
    for (const project of fieldsOf('project')) {
      expect(new Set(project['parties'] as string[])).toEqual(
        new Set(['USA', 'JPN', project['country']]),
      );
      expect(project['state']).toBe('candidate');
    }
    for (const part of [...fieldsOf('capacity-line'), ...fieldsOf('milestone')]) {
      expect(part['parties']).toEqual(hosts.get(part['project'] as string));
    }
  });

  it('carry the facts over as they were published', () => {
    const lines = records.get('capacity-line') ?? [];

    expect(records.get('project')?.find(({ id }) => id === 'mountain-pass')?.fields).toMatchObject({
      country: 'USA',
      stage: 'ramp_up',
      place: { lat: 35.48, lon: -115.53 },
      approximate: ['place', 'stage'],
      statusAsOf: '2026-02',
    });
    expect(lines.find(({ id }) => id === 'mountain-pass-capacity-2')?.fields).toMatchObject({
      stage: 'separation',
      quantity: { amount: 2599, unit: 't NdPr oxide/yr' },
    });
    expect(records.get('milestone')?.find(({ id }) => id === 'nolans-fid')?.fields).toMatchObject({
      name: 'Final investment decision',
      forecast: '2026-H1',
    });
  });
});

describe('the sample people', () => {
  it('have distinct addresses, a party of the sample, and one role each', () => {
    const codes = parties.map(({ iso3 }) => iso3);
    const emails = accounts.map(({ email }) => email);

    expect(emails).toHaveLength(13);
    expect(new Set(emails).size).toBe(13);
    for (const { email, party, roles, language } of accounts) {
      expect(email).toMatch(/^[a-z0-9.]+@lodestone\.example$/);
      expect(codes).toContain(party);
      expect(roles).toHaveLength(1);
      expect(language).toBe(email.startsWith('jpn.') ? 'ja' : 'en');
    }
  });
});

describe('the sample compartments', () => {
  it('carry the markings of the contract', () => {
    expect(compartments.map(({ id, marking }) => `${id}: ${marking}`)).toEqual([
      'public: PUBLIC',
      'allied: REL TO USA, AUS, CAN, JPN',
      'bilateral: REL TO USA, JPN',
      'trilateral: REL TO USA, AUS, JPN',
      'dysprosium: REL TO USA, FRA, JPN',
      'usa: USA ONLY',
      'jpn: JPN ONLY',
      'aus: AUS ONLY',
      'can: CAN ONLY',
    ]);
  });

  it('are open to everyone or owned by a party that is in them', () => {
    for (const { id, owner, parties: members, everyone, name } of compartments) {
      expect(isCompartmentId(id)).toBe(true);
      expect(everyone).toBe(id === 'public');
      if (owner === null) expect(everyone).toBe(true);
      else expect(members).toContain(owner);
      expect(name.ja).toMatch(/[\u30a0-\u30ff\u4e00-\u9fff]/);
    }
  });
});
