/** Many writers of one document under a few sessions, with one witness, and one history of all of them. */
import { EditHistory, type HistoryVerdict } from './edit-history.ts';
import { getJson, signIn, type SignedIn } from './people.ts';
import { ResendingWriter } from './resending-writer.ts';
import { until } from './until.ts';
import { Witness } from './witness.ts';

export interface CrowdOptions {
  /** Where they sign in; their Origin. */
  readonly origin: string;
  /** Where the writers' sockets go, if not there; the witness stays there. */
  readonly url?: string;
  readonly document: string;
  readonly writers: number;
  /** Between two edits of one writer, on average. */
  readonly pauseMs: number;
  /** Begins the names of their records. */
  readonly name?: string;
  readonly answerMs?: number;
  /** Characters that make each value longer. */
  readonly padding?: number;
  /** One for several crowds. */
  readonly history?: EditHistory;
}

const accounts = ['usa.editor', 'jpn.editor'];

export class WritingCrowd {
  readonly history: EditHistory;
  readonly witness: Witness;
  readonly people: readonly SignedIn[];
  readonly #writers: readonly ResendingWriter[];
  readonly #compartment: string;
  readonly #register: string;

  private constructor(
    options: CrowdOptions,
    { people, witness, history }: Pick<WritingCrowd, 'people' | 'witness' | 'history'>,
  ) {
    const {
      document,
      name = 'writer',
      pauseMs,
      origin,
      url = origin,
      answerMs,
      padding = 0,
    } = options;
    this.history = history;
    this.witness = witness;
    this.people = people;
    [this.#compartment = '', this.#register = ''] = document.split('/');
    this.#writers = Array.from({ length: options.writers }, (_, index) => {
      const { cookie } = people[index % people.length] as SignedIn;

      return new ResendingWriter({
        url,
        headers: { origin, cookie },
        document,
        name: `${name}-${String(index)}`,
        history,
        pauseMs,
        padding,
        claims: witness.stateVector,
        ...(answerMs !== undefined && { answerMs }),
      });
    });
  }

  /** Resolves when all are there and each has been acknowledged once, on average. */
  static async start(options: CrowdOptions): Promise<WritingCrowd> {
    const { origin, document, writers, history = new EditHistory() } = options;
    const people = await Promise.all(accounts.map((account) => signIn(origin, account)));
    const headers = { origin, cookie: people[0]?.cookie ?? '' };
    const witness = await Witness.start({ url: origin, headers, document, history });
    const crowd = new WritingCrowd(options, { people, witness, history });
    const before = history.acknowledged;
    await mustBe(() => history.acknowledged >= before + writers, 60_000);

    return crowd;
  }

  /** So many more acknowledgements than there are now. */
  async acknowledgements(count: number, timeoutMs = 60_000): Promise<void> {
    const goal = this.history.acknowledged + count;
    await mustBe(() => this.history.acknowledged >= goal, timeoutMs);
  }

  /** An edit that was made later than this moment is acknowledged; gives when that was. */
  async acknowledgedAfter(moment: number, timeoutMs = 60_000): Promise<number> {
    await mustBe(() => this.history.firstAcknowledgedAfter(moment) !== undefined, timeoutMs);

    return this.history.firstAcknowledgedAfter(moment) ?? Number.NaN;
  }

  /** No new edits; resolves when every edit is acknowledged, and holds all of it against the log. */
  async finish(databaseUrl: string): Promise<HistoryVerdict> {
    await Promise.all(this.#writers.map((writer) => writer.finish()));

    return this.history.check(databaseUrl, this.#compartment);
  }

  /**
   * Records that the witness, or the api over HTTP, calls something else than the log does.
   * The witness has ten seconds to hear of the last edit.
   */
  async differences(origin: string, { names }: HistoryVerdict): Promise<readonly string[]> {
    const witnessed = () =>
      Object.keys(names).filter((record) => this.witness.nameOf(record) !== names[record]);
    await until(() => witnessed().length === 0, 10_000);
    // Only now: one process hears half a second later what another one has committed.
    const path = `/api/compartments/${this.#compartment}/records/${this.#register}`;
    const { body } = await getJson(origin, this.people[0] as SignedIn, path);
    const { records } = body as { records: { id: string; fields: { name?: string } }[] };
    const served = new Map(records.map(({ id, fields }) => [id, fields.name]));

    return [
      ...witnessed().map(
        (record) => `witness: ${record} is ${String(this.witness.nameOf(record))}`,
      ),
      ...Object.keys(names)
        .filter((record) => served.get(record) !== names[record])
        .map((record) => `http: ${record} is ${String(served.get(record))}`),
    ];
  }

  /** Whatever is acknowledged; to be called after `finish` too, for the witness. */
  async end(): Promise<void> {
    await Promise.all(this.#writers.map((writer) => writer.abandon()));
    await this.witness.end();
  }
}

async function mustBe(isTrue: () => boolean, timeoutMs: number): Promise<void> {
  if (!(await until(isTrue, timeoutMs)))
    throw new Error(`did not come about within ${String(timeoutMs)} ms`);
}
