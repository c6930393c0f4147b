/** Records for the grid in memory: reference lists written by hand, and as many rows as are asked for, always the same. */
import type { RecordId, RegisterRecord, Value } from '@lodestone/document-model';

function record(id: string, fields: Readonly<Record<string, Value>>): RegisterRecord {
  return { id: id as RecordId, fields };
}

const parties = [
  ['USA', 'United States', '米国'],
  ['JPN', 'Japan', '日本'],
  ['AUS', 'Australia', '豪州'],
  ['CAN', 'Canada', 'カナダ'],
  ['NAM', 'Namibia', 'ナミビア'],
  ['SWE', 'Sweden', 'スウェーデン'],
  ['BRA', 'Brazil', 'ブラジル'],
  ['KAZ', 'Kazakhstan', 'カザフスタン'],
] as const;

const stages = [
  ['concept', 'Concept', '構想'],
  ['scoping', 'Scoping study', '概略調査'],
  ['prefeasibility', 'Pre-feasibility', '予備的事業化調査'],
  ['feasibility', 'Feasibility', '事業化調査'],
  ['financing', 'Financing', '資金調達'],
  ['construction', 'Construction', '建設'],
  ['commissioning', 'Commissioning', '試運転'],
  ['operating', 'Operating', '操業'],
] as const;

const materials = [
  ['ndpr', 'Neodymium-praseodymium', 'ネオジム・プラセオジム', 'NdPr'],
  ['dy', 'Dysprosium', 'ジスプロシウム', 'Dy'],
  ['tb', 'Terbium', 'テルビウム', 'Tb'],
  ['li', 'Lithium', 'リチウム', 'Li'],
  ['ga', 'Gallium', 'ガリウム', 'Ga'],
  ['c', 'Natural graphite', '天然黒鉛', 'C'],
] as const;

const chain = [
  ['mining', 'Mining', '採掘'],
  ['separation', 'Separation', '分離'],
  ['metal', 'Metal', '金属化'],
  ['magnet', 'Magnet', '磁石'],
] as const;

const sources = ['Mineral Commodity Summaries 2026', 'Annual report 2025', 'Company announcement'];

/** What references of the rows name. */
export const otherRegisters: Readonly<Record<string, readonly RegisterRecord[]>> = {
  party: parties.map(([id, name, nameJa]) => record(id, { name, nameJa })),
  'project-stage': stages.map(([id, name, nameJa], order) => record(id, { name, nameJa, order })),
  material: materials.map(([id, name, nameJa, symbol]) => record(id, { name, nameJa, symbol })),
  stage: chain.map(([id, name, nameJa], order) => record(id, { name, nameJa, order })),
  source: sources.map((title, index) => record(`source-${String(index)}`, { title })),
};

const places = [
  ['Eneabba', 'エネアバ'],
  ['Yangibana', 'ヤンギバナ'],
  ['Lofdal', 'ロフダル'],
  ['Halleck Creek', 'ハレック・クリーク'],
  ['Songwe Hill', 'ソングウェ・ヒル'],
  ['Norra Kärr', 'ノラ・シャール'],
  ['Matagami', 'マタガミ'],
  ['Balama', 'バラマ'],
  ['Upper Kobuk', 'アッパー・コバック'],
  ['Pavlodar', 'パブロダル'],
] as const;

const kinds = [
  ['refinery', '製錬所'],
  ['mine', '鉱山'],
  ['separation plant', '分離工場'],
] as const;

const states = ['candidate', 'screened', 'joint_priority', 'active', 'on_hold', 'completed'];

/** Always the same rows for the same count. */
export function generateRecords(count: number): readonly RegisterRecord[] {
  return Array.from({ length: count }, (_row, index) => generated(index));
}

function generated(index: number): RegisterRecord {
  const [place, placeJa] = pick(places, index);
  const [kind, kindJa] = pick(kinds, index * 7 + Math.floor(index / places.length));
  const number = String(index + 1).padStart(5, '0');
  const fields: Record<string, Value> = {
    name: `${place} ${kind} ${number}`,
    ...(index % 5 !== 4 && { nameJa: `${placeJa}${kindJa} ${number}` }),
    country: pick(parties, index * 3)[0],
    stage: pick(stages, index * 5 + Math.floor(index / 9))[0],
    materials: [...new Set([pick(materials, index)[0], pick(materials, index * 2 + 1)[0]])].sort(),
    chain: [pick(chain, index)[0]],
    sponsors: `Sponsor ${String((index * 37) % 211)}`,
    status: `Permit filed; offtake under discussion (${String((index * 13) % 97)} % of nameplate).`,
    statusAsOf: `2026-Q${String((index % 4) + 1)}`,
    state: pick(states, index * 11 + Math.floor(index / 5)),
    parties: index % 3 === 0 ? ['JPN', 'USA'] : ['AUS', 'JPN', 'USA'],
    place: { lat: -30 + (index % 60), lon: 10 + (index % 120) },
    sources: [`source-${String(index % 3)}`],
    confidence: index % 4 === 0 ? 'illustrative' : index % 4 === 1 ? 'approximate' : 'published',
    ...(index % 4 === 1 && { approximate: ['place', 'stage'] }),
  };

  return record(`row-${number}`, fields);
}

function pick<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('an empty list has nothing to pick');

  return item;
}

/** One record of each field kind that the pipeline does not use. */
export const measures: readonly RegisterRecord[] = [
  record('m-1', {
    title: 'Magnets, Shin-Etsu line 3',
    amount: 1200.5,
    quantity: { amount: 2688, unit: 't/yr' },
    cost: { minor: 125_000_00, currency: 'USD' },
    due: '2027-Q1',
    done: true,
    link: 'https://www.example.org/plants/line-3',
    spot: { lat: 35.48, lon: -115.53 },
  }),
  record('m-2', {
    title: 'Oxide, Lynas',
    amount: -44,
    quantity: 'withheld',
    cost: { minor: 39_000, currency: 'JPY' },
    due: '2026-12',
    done: false,
  }),
  record('m-3', { title: 'Metal, Iwatani', quantity: { from: 50, to: 100, unit: 't/yr' } }),
  record('m-4', { title: 'Scrap', amount: 7, quantity: { above: 95, unit: 't/yr' } }),
];
