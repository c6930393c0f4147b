/** What people do to records: mostly what they may, where others do the same, and sometimes what cannot be accepted. */
import type { Birth, Intent, RecordId, RegisterRecords } from '@lodestone/document-model';
import type { SeededRandom } from './seeded-random.ts';

export interface Situation {
  readonly document: string;
  readonly records: RegisterRecords;
  readonly party: string;
  readonly random: SeededRandom;
  /** A number that no other act is given. */
  readonly count: number;
}

type Act = (situation: Situation, record: RecordId) => readonly Intent[];

const texts = { project: ['notes', 'status', 'sponsors', 'name'], source: ['notes', 'title'] };

function set(record: RecordId, field: string, value: string | null): Intent {
  return { act: 'set', record, field, value };
}

const wrong: Act = ({ document }, record) => [
  set(record, document.endsWith('/project') ? 'statusAsOf' : 'year', 'no date'),
];

const acts = {
  /** One of the few cells where all meet. */
  text: ({ document, random, count }, record) => {
    const fields = document.endsWith('/project') ? texts.project : texts.source;
    const field = random.chance(0.6) ? 'notes' : random.pick(fields);

    return [set(record, field, `text ${String(count)}`)];
  },
  clear: (_situation, record) => [set(record, 'notes', null)],
  element: ({ document, random }, record) => {
    if (!document.endsWith('/project')) return [];
    const element = random.pick(['neodymium', 'dysprosium', 'gallium']);

    return [{ act: 'element', record, field: 'materials', element, present: random.chance(0.5) }];
  },
  owner: ({ document, random }, record) => {
    if (!document.endsWith('/project')) return [];
    const element = random.pick(['USA', 'JPN', 'AUS']);

    return [{ act: 'element', record, field: 'parties', element, present: random.chance(0.7) }];
  },
  move: ({ document, random }, record) => {
    if (!document.endsWith('/project')) return [];
    const state = random.pick(['screened', 'candidate', 'joint_priority', 'active', 'dropped']);

    return [set(record, 'state', state)];
  },
  invalid: wrong,
  create: (situation) => [create(situation)],
  /** Somebody else's record id: it exists already, or will. */
  again: ({ document, party }, record) => [
    { act: 'create', record, birth: birthOf(document, party, 'again') },
  ],
  several: (situation, record) => [
    set(record, 'notes', `text ${String(situation.count)}`),
    create(situation),
    ...(situation.random.chance(0.3) ? wrong(situation, record) : []),
  ],
} satisfies Record<string, Act>;

const weights: Readonly<Record<keyof typeof acts, number>> = {
  text: 50,
  clear: 3,
  element: 10,
  owner: 3,
  move: 6,
  invalid: 5,
  create: 6,
  again: 1,
  several: 5,
};

export function chooseAct(situation: Situation): readonly Intent[] {
  const { records, random } = situation;
  const known = [...records.ids()].sort();
  const kind = known.length === 0 ? 'create' : random.weighted(weights);
  // The first records are where people meet.
  const record = known[random.chance(0.7) ? random.below(2) : random.below(known.length)];

  return acts[kind](situation, record ?? ('none' as RecordId));
}

/** What several people do in the same moment. */
export function meetingAct({ records, count }: Situation): readonly Intent[] {
  const [record] = [...records.ids()].sort();

  return record === undefined ? [] : [set(record, 'notes', `text ${String(count)}`)];
}

function create({ document, party, count }: Situation): Intent {
  const record = `record${String(count)}` as RecordId;

  return { act: 'create', record, birth: birthOf(document, party, record) };
}

function birthOf(document: string, party: string, name: string): Birth {
  if (document.endsWith('/project'))
    return { name, parties: [...new Set([party, 'USA', 'JPN'])].sort(), state: 'candidate' };

  return { title: name };
}
