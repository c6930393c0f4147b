/** Signed-in people with a provider of their own, as the web client has one, on a device that is memory. */
import {
  createWorkspaceClient,
  MemoryDeviceStore,
  type SyncDocument,
  type WorkspaceClient,
} from '@lodestone/sync-provider';
import { signIn, type SignedIn } from './people.ts';

export interface Editor {
  readonly person: SignedIn;
  readonly client: WorkspaceClient;
  readonly store: MemoryDeviceStore;
  readonly document: SyncDocument;
  close(): Promise<void>;
}

export interface EditorOptions {
  readonly account: string;
  readonly document: string;
  /** A device from before, with what it keeps. */
  readonly store?: MemoryDeviceStore;
  /** Where the socket goes, if not to the api itself. */
  readonly url?: string;
}

let devices = 0;

/** Signs in, opens the document and waits until it can be edited. */
export async function startEditor(origin: string, options: EditorOptions): Promise<Editor> {
  const person = await signIn(origin, options.account);
  const store = options.store ?? new MemoryDeviceStore(`device-${String(++devices)}`);
  const client = await createWorkspaceClient({
    url: options.url ?? origin,
    store,
    extraHeaders: { cookie: person.cookie, origin },
  });
  const document = await client.open(options.document);
  await document.whenReady();

  return { person, client, store, document, close: () => client.close() };
}
