/** Ten thousand projects of fourteen fields, always the same ones. Their figures mean nothing. */
const countries = ['USA', 'JPN', 'AUS', 'CAN'];
const stages = ['concept', 'resource', 'pfs', 'dfs', 'permitting', 'construction', 'ramp_up'];
const materials = ['nd', 'pr', 'ndpr', 'dy', 'tb', 'ga', 'graphite'];

/** Birth values by record id. */
export function manyProjects(count: number): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `generated-${String(index).padStart(5, '0')}`,
      birthOf(index),
    ]),
  );
}

function birthOf(index: number): object {
  const pick = (list: readonly string[]) => list[index % list.length];

  return {
    name: `Generated project ${String(index).padStart(5, '0')}`,
    nameJa: `生成された案件 ${String(index).padStart(5, '0')}`,
    country: pick(countries),
    stage: pick(stages),
    materials: [pick(materials)],
    chain: ['mining'],
    parties: ['USA', 'JPN'],
    sponsors: `Company ${String(index % 97)}`,
    status: `Permits for line ${String(index % 9)} are expected within the year.`,
    statusAsOf: `20${String(20 + (index % 10))}-Q${String(1 + (index % 4))}`,
    state: 'candidate',
    place: { lat: (index % 90) - 45, lon: (index % 180) - 90 },
    notes: `Note ${String(index)}: separation on time, magnets follow.`,
    confidence: 'illustrative',
  };
}
