/** What must be so at the end of a run, when everything is healed and at rest. */
import type { RegisterRecords } from '@lodestone/document-model';
import type { LoggedConflict } from '../log-entry.ts';
import type { SimulatedNode } from './simulated-node.ts';
import type { SimulatedWorkspace } from './workspace.ts';

/** The records of a document in one form. */
function canonical(records: RegisterRecords): string {
  return JSON.stringify(
    [...records.ids()].sort().map((id) => {
      const fields = Object.entries(records.get(id)?.fields ?? {});

      return [id, fields.sort(([a], [b]) => (a < b ? -1 : 1))];
    }),
  );
}

export async function checkEnd(workspace: SimulatedWorkspace): Promise<void> {
  checkReplay(workspace);
  checkTabs(workspace);
  checkConflicts(workspace);
  for (const node of workspace.network.nodes) await checkNode(workspace, node);
  await checkEdits(workspace);
}

/** Whether every tab shows what is committed, and has nothing on its way. */
export function isSettled({ tabs, witness }: SimulatedWorkspace): boolean {
  return tabs.every(({ client, person, readyDocuments }) => {
    const isThere = client?.connection.status === 'connected';
    const isWhole = readyDocuments.length === person.documents.length;

    return (
      isThere &&
      isWhole &&
      readyDocuments.every(
        ({ name, records, unsent }) =>
          unsent === 0 && canonical(records) === canonical(witness.documents.records(name)),
      )
    );
  });
}

/** The log from its beginning makes the documents, and so does the projection of its changes. */
function checkReplay({ database, history, witness }: SimulatedWorkspace): void {
  for (const name of witness.documents.names()) {
    const [compartment = '', register = ''] = name.split('/');
    const { changes } = database.compartment(compartment);
    const records = witness.documents.records(name);
    const last = new Map<string, unknown>();
    for (const change of changes) {
      if (change.register === register && change.field !== '' && !change.field.includes('/'))
        last.set(`${change.record}/${change.field}`, change.new);
    }
    for (const [key, value] of last) {
      const [record = '', field = ''] = key.split('/');
      const present = records.get(record)?.fields[field] ?? null;
      if (JSON.stringify(present) !== JSON.stringify(value ?? null))
        history.violate(`${name} ${key} reads otherwise than its last recorded change`);
    }
  }
}

/** What people see without loading anything anew. */
export function checkTabs({ tabs, history, witness }: SimulatedWorkspace): void {
  for (const tab of tabs) {
    const documents = tab.readyDocuments;
    if (documents.length !== tab.person.documents.length)
      history.violate(`${tab.name} has not all its documents`);
    for (const document of documents) {
      if (document.unsent > 0)
        history.violate(`${tab.name} has ${String(document.unsent)} edits that were not settled`);
      if (canonical(document.records) !== canonical(witness.documents.records(document.name)))
        history.violate(`${tab.name} shows ${document.name} otherwise than the log`);
    }
  }
}

/** Both sides of every conflict are told of it, at their next visit if need be, until they have read it. */
function checkConflicts({ tabs, database, history }: SimulatedWorkspace): void {
  for (const { name: tab, person, readyDocuments } of tabs) {
    for (const { name, conflicts: told } of readyDocuments) {
      const { conflicts } = database.compartment(name.slice(0, name.indexOf('/')));
      const read = database.readPositions.get(`${person.id} ${name}`) ?? 0;
      const isTold = ({ seq, record, field }: LoggedConflict) =>
        told.some((one) => one.seq === seq && one.record === record && one.field === field);
      const untold = conflicts.find(
        (conflict) =>
          conflict.document === name &&
          conflict.seq > read &&
          [conflict.kept.person, conflict.other.person].includes(person.id) &&
          !isTold(conflict),
      );
      if (untold !== undefined)
        history.violate(`${tab} was not told of the conflict ${String(untold.seq)} in ${name}`);
    }
  }
}

async function checkNode(
  { history, witness }: SimulatedWorkspace,
  node: SimulatedNode,
): Promise<void> {
  for (const name of witness.documents.names()) {
    await node.read(name, (document) => {
      if (canonical(document.records) !== canonical(witness.documents.records(name)))
        history.violate(`${node.process.name} holds ${name} otherwise than the log`);
    });
  }
}

/** Nothing is lost: each edit that a device has kept is in the log, in the tray, or was settled as being so already. */
async function checkEdits({
  database,
  devices,
  ledger,
  history,
}: SimulatedWorkspace): Promise<void> {
  const inTrays = new Set<string>();
  for (const { name, kept } of devices) {
    for (const { edit } of await kept.readTray()) inTrays.add(edit);
    const outbox = await kept.readOutbox();
    if (outbox.length > 0)
      history.violate(`${name} still keeps ${String(outbox.length)} edits to be sent`);
  }
  for (const [edit, { device, document, isUnique, isDisposed }] of ledger) {
    const [compartment = ''] = document.split('/');
    const isLogged = database.compartment(compartment).edits.has(edit);
    if (isUnique && !isLogged && !inTrays.has(edit) && !isDisposed)
      history.violate(`edit ${edit} of ${device} in ${document} is lost`);
  }
}
