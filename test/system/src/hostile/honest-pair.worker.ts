/** The thread of two honest members: one edits a cell again and again, the other waits for each edit to arrive. */
import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { BareReplica, BareSocket, type SignedIn } from '@lodestone/test-support';
import type { PairOptions, Waits } from './honest-pair.ts';

const options = workerData as PairOptions;
const connect = ({ cookie }: SignedIn) => BareSocket.connect(options.origin, { cookie });
const writer = await connect(options.writer);
const reader = await connect(options.reader);
const replica = new BareReplica(await writer.open(options.document));
let waits: number[] = [];
let value = '';
const stopped = new AbortController();

await reader.open(options.document);
parentPort?.on('message', (message: unknown) => {
  if (message === 'stop') stopped.abort();
  else parentPort?.postMessage(takeWaits());
});
parentPort?.postMessage('at work');
for (let count = 0; !stopped.signal.aborted; count += 1) await edit(`honest ${String(count)}`);
writer.close();
reader.close();
parentPort?.postMessage(takeWaits());

async function edit(next: string): Promise<void> {
  const { document, key } = options;
  const begun = performance.now();
  const update = replica.write({ [key]: next });
  const id = randomBytes(12).toString('base64url');
  const answer = await writer.ask('update', { document, update, edit: id });
  if (answer['status'] !== 'committed') throw new Error(JSON.stringify(answer));
  value = next;
  const seq = answer['seq'] as number;
  await reader.until(({ event, body }) => event === 'update' && Number(body['seq']) >= seq);
  writer.received.length = 0;
  reader.received.length = 0;
  waits.push(performance.now() - begun);
}

function takeWaits(): Waits {
  const sorted = waits.sort((a, b) => a - b);
  waits = [];
  const at = (share: number) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);

  return { edits: sorted.length, p50: at(0.5), p99: at(0.99), value };
}
