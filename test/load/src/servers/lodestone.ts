/** Lodestone as shipped: the built API with admission, commit before acknowledgement and the log, and real sessions. */
import { randomBytes } from 'node:crypto';
import { signIn, startApi, type Api, type TestDatabase } from '@lodestone/test-support';
import * as Y from 'yjs';
import { pinServer } from '../measure/cores.ts';
import { connectLodestone } from '../wire/lodestone.ts';
import { query } from './query.ts';
import type { Needs, RunningServer } from './running-server.ts';
import type { Stage } from './stage.ts';

/** Whose sessions they are: both may edit projects that their parties share. */
const accounts = ['usa.editor', 'jpn.editor'];

/** One database with the sample workspace, and people who have signed in before anything is measured. */
export class LodestoneSite {
  readonly database: TestDatabase;
  readonly #stage: Stage;
  readonly #cookies: string[] = [];

  private constructor(stage: Stage, database: TestDatabase) {
    this.#stage = stage;
    this.database = database;
  }

  /** Signing in takes memory and CPU of its own, so it is done in a process that is not measured. */
  static async prepare(stage: Stage, sessions: number): Promise<LodestoneSite> {
    const site = new LodestoneSite(stage, await stage.createDatabase());
    await stage.use(await site.#startApi(), async ({ origin }) => {
      for (let made = 0; made < sessions; made++) {
        const { cookie } = await signIn(origin, accounts[made % accounts.length] ?? '');
        site.#cookies.push(cookie);
      }
    });

    return site;
  }

  async start({ documents, environment }: Needs): Promise<RunningServer> {
    const names =
      typeof documents === 'number' ? await this.#addCompartments(documents) : documents;
    const api = await this.#startApi(environment);
    pinServer(api.pid);

    return this.#serve(api, names);
  }

  cookieOf(seat: number): string {
    const cookie = this.#cookies[seat % this.#cookies.length];
    if (cookie === undefined) throw new Error('nobody has signed in');

    return cookie;
  }

  async #startApi(environment: Readonly<Record<string, string>> = {}): Promise<Api> {
    return startApi({
      database: this.database,
      dataFolder: this.#stage.folder.path,
      environment: { NODE_ENV: 'production', ...environment },
    });
  }

  #serve(api: Api, documents: readonly string[]): RunningServer {
    const { pid, port, origin } = api;

    return {
      pid,
      origin,
      documents,
      connect: (document, seat) =>
        connectLodestone({ port, origin, cookie: this.cookieOf(seat), document }),
      verify: async (document, { acknowledged }) => {
        const fresh = await connectLodestone({ port, origin, cookie: this.cookieOf(0), document });
        fresh.close();

        return this.#compare(document, fresh.state, acknowledged);
      },
      output: () => api.output(),
      stop: async () => {
        await api.stop();
      },
    };
  }

  /** A fresh client has what the log gives when it is replayed, and the log has what was acknowledged. */
  async #compare(
    document: string,
    state: Uint8Array,
    acknowledged: number,
  ): Promise<readonly string[]> {
    const entries = await query<{ update: Buffer }>(
      this.database.superuserUrl,
      `select update from log_entry where document = $1 and outcome = 'admitted' order by seq`,
      [document],
    );
    const [client, log] = [replay([state]), replay(entries.map(({ update }) => update))];
    const problems = [];
    if (client !== log) problems.push(`${document}: a fresh client differs from the log`);
    if (entries.length !== acknowledged) {
      problems.push(
        `${document}: ${String(entries.length)} log entries for ${String(acknowledged)} acknowledgements`,
      );
    }

    return problems;
  }

  /**
   * By the owner, past every screen: the sample has none that is empty, and no hundred of them.
   * @returns the document of projects in each.
   */
  async #addCompartments(count: number): Promise<readonly string[]> {
    const run = randomBytes(4).toString('hex');
    const names = Array.from({ length: count }, (_, index) => `bench-${run}-${String(index)}`);
    await query(
      this.database.ownerUrl,
      `with made as (
         insert into compartment (id, name_en, name_ja, marking, owner_party, parties)
         select name, name, name, 'REL TO USA, JPN', 'USA', '{USA,JPN}' from unnest($1::text[]) as name
         returning id
       )
       insert into compartment_head (compartment) select id from made`,
      [names],
    );
    await query(this.database.ownerUrl, 'update access_version set version = version + 1');

    return names.map((name) => `${name}/project`);
  }
}

/** A document's values in one canonical text, and what it lacks of what it was given. */
function replay(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const values = Object.entries(doc.getMap('project').toJSON()).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const isPending = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;

  return JSON.stringify({ values, isPending });
}
