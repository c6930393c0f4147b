/** Puts many records into a document, as one person who imports them. */
import * as Y from 'yjs';
import type { Connection } from '../wire/connection.ts';

/** Well below the largest update. */
const recordsPerUpdate = 200;

export async function fillDocument(
  connection: Connection,
  records: Readonly<Record<string, object>>,
): Promise<void> {
  const doc = new Y.Doc();
  if (connection.clientId !== undefined) doc.clientID = connection.clientId;
  const sent: (Promise<boolean> | undefined)[] = [];
  doc.on('update', (update: Uint8Array) => sent.push(connection.send(update)));
  const births = Object.entries(records);
  for (let first = 0; first < births.length; first += recordsPerUpdate) {
    doc.transact(() => {
      for (const [record, birth] of births.slice(first, first + recordsPerUpdate)) {
        doc.getMap('project').set(record, birth);
      }
    });
    if ((await sent.at(-1)) !== true) throw new Error('records were not taken');
  }
}

/** How many keys a document has. */
export function countCells(state: Uint8Array): number {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);

  return doc.getMap('project').size;
}
