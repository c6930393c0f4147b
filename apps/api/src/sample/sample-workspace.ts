/** The sample workspace: who is in it, which compartments it has, and its records, all facts with sources. */
import type { Language, Role } from '@lodestone/api-contract';
import type { Words } from '@lodestone/document-model';
import { sampleRecords, type SampleRecord } from './sample-records.ts';

export type { SampleRecord } from './sample-records.ts';

interface SampleAccount {
  readonly email: string;
  readonly name: string;
  readonly party: string;
  readonly roles: readonly Role[];
  readonly language: Language;
}

interface SampleCompartment {
  readonly id: string;
  readonly name: Words;
  readonly marking: string;
  /** Null for `public`. */
  readonly owner: string | null;
  readonly parties: readonly string[];
  readonly everyone: boolean;
}

export interface SampleWorkspace {
  readonly parties: readonly { readonly iso3: string; readonly name: Words }[];
  readonly accounts: readonly SampleAccount[];
  readonly compartments: readonly SampleCompartment[];
  /** By register; all of them stand in `public`. */
  readonly records: ReadonlyMap<string, readonly SampleRecord[]>;
}

/** What several parties share is owned by one of the two lead parties; a national compartment belongs to its own. */
const compartments: readonly SampleCompartment[] = [
  {
    id: 'public',
    name: { en: 'Public', ja: '公開' },
    marking: 'PUBLIC',
    owner: null,
    parties: [],
    everyone: true,
  },
  shared('allied', { en: 'Allied', ja: '同盟国' }, ['USA', 'AUS', 'CAN', 'JPN']),
  shared('bilateral', { en: 'United States and Japan', ja: '日米' }, ['USA', 'JPN'], 'JPN'),
  shared('trilateral', { en: 'United States, Australia and Japan', ja: '日米豪' }, [
    'USA',
    'AUS',
    'JPN',
  ]),
  shared(
    'dysprosium',
    { en: 'Dysprosium supply', ja: 'ジスプロシウム供給' },
    ['USA', 'FRA', 'JPN'],
    'JPN',
  ),
  national('usa', { en: 'United States only', ja: 'アメリカ合衆国限定' }),
  national('jpn', { en: 'Japan only', ja: '日本限定' }),
  national('aus', { en: 'Australia only', ja: 'オーストラリア限定' }),
  national('can', { en: 'Canada only', ja: 'カナダ限定' }),
];

/** @param parties in the order of a marking: USA first, the others by their codes. */
function shared(
  id: string,
  name: Words,
  parties: readonly string[],
  owner = 'USA',
): SampleCompartment {
  return { id, name, marking: `REL TO ${parties.join(', ')}`, owner, parties, everyone: false };
}

function national(id: string, name: Words): SampleCompartment {
  const owner = id.toUpperCase();

  return { id, name, marking: `${owner} ONLY`, owner, parties: [owner], everyone: false };
}

const accounts: readonly SampleAccount[] = [
  account('usa.editor', 'Emily Carter', 'USA', 'editor'),
  account('usa.approver', 'Michael Brooks', 'USA', 'approver'),
  account('jpn.editor', '佐藤 由紀', 'JPN', 'editor'),
  account('jpn.approver', '田中 健一', 'JPN', 'approver'),
  account('aus.editor', 'Olivia Bennett', 'AUS', 'editor'),
  account('aus.approver', 'Liam Fraser', 'AUS', 'approver'),
  account('can.editor', 'Claire Gagnon', 'CAN', 'editor'),
  account('can.approver', 'David MacLeod', 'CAN', 'approver'),
  account('secretariat', '高橋 誠', 'JPN', 'secretariat'),
  account('admin', 'Rachel Nguyen', 'USA', 'administrator'),
  account('admin2', '中村 彩', 'JPN', 'administrator'),
  account('auditor', 'Thomas Reed', 'USA', 'auditor'),
  account('auditor2', '小林 直樹', 'JPN', 'auditor'),
];

function account(local: string, name: string, party: string, role: Role): SampleAccount {
  const language = local.startsWith('jpn.') ? 'ja' : 'en';

  return { email: `${local}@lodestone.example`, name, party, roles: [role], language };
}

/** The rows of the party table: the same names as in the register. */
const parties = (sampleRecords.get('party') ?? []).map(({ id, fields: { name, nameJa } }) => ({
  iso3: id,
  name: { en: name as string, ja: nameJa as string },
}));

export const sampleWorkspace: SampleWorkspace = {
  parties,
  accounts,
  compartments,
  records: sampleRecords,
};
