/** Many projects, made by a bare client, for tests of size. Their figures mean nothing. */
import { BareReplica, BareSocket } from './bare-socket.ts';
import type { SignedIn } from './people.ts';

const perUpdate = 400;
const stages = ['concept', 'resource', 'pfs', 'dfs', 'permitting', 'construction', 'ramp_up'];
const materials = ['nd', 'pr', 'ndpr', 'dy', 'tb', 'ga', 'graphite'];
const countries = ['USA', 'JPN', 'AUS', 'CAN', 'BRA', 'NAM'];

/** @param document such as `allied/project`; the person must be an editor of USA or JPN in it. */
export async function generateProjects(
  origin: string,
  person: SignedIn,
  { document, count }: { readonly document: string; readonly count: number },
): Promise<void> {
  const socket = await BareSocket.connect(origin, { cookie: person.cookie });
  try {
    const replica = new BareReplica(await socket.open(document));
    for (let first = 0; first < count; first += perUpdate) {
      const births = Array.from({ length: Math.min(perUpdate, count - first) }, (_, index) =>
        generated(first + index),
      );
      const update = replica.write(Object.fromEntries(births));
      const answer = await socket.ask('update', {
        document,
        update,
        edit: `generated-${String(first)}`,
      });
      if (answer['status'] !== 'committed')
        throw new Error(`not accepted: ${JSON.stringify(answer)}`);
    }
  } finally {
    socket.close();
  }
}

function generated(index: number): [string, object] {
  const number = String(index).padStart(5, '0');
  const pick = (list: readonly string[]) => list[index % list.length];

  return [
    `generated-${number}`,
    {
      name: `Generated project ${number}`,
      country: pick(countries),
      stage: pick(stages),
      materials: [pick(materials)],
      parties: ['USA', 'JPN'],
      sponsors: `Company ${String(index % 97)}`,
      statusAsOf: `20${String(20 + (index % 10))}-Q${String(1 + (index % 4))}`,
      state: 'candidate',
      place: { lat: (index % 90) - 45, lon: (index % 180) - 90 },
      notes: `Note ${String(index)}`,
      confidence: 'illustrative',
    },
  ];
}
