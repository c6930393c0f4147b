/** The documents that a client has open, for as long as someone uses them or an edit of theirs is on its way. */
import { findRegister, parseDocumentName, type Register } from '@lodestone/document-model';
import type { SyncDocument } from './document.ts';

interface OpenDocument<Rights> {
  readonly document: Promise<SyncDocument<Rights>>;
  loaded: SyncDocument<Rights> | undefined;
  users: number;
}

export type LoadDocument<Rights> = (
  name: string,
  register: Register,
) => Promise<SyncDocument<Rights>>;

export class OpenDocuments<Rights> {
  readonly #all = new Map<string, OpenDocument<Rights>>();
  readonly #load: LoadDocument<Rights>;

  constructor(load: LoadDocument<Rights>) {
    this.#load = load;
  }

  open(name: string): Promise<SyncDocument<Rights>> {
    const known = this.#all.get(name);
    if (known !== undefined && known.loaded?.state.status !== 'closed') {
      known.users++;

      return known.document;
    }
    const register = findRegisterOf(name);
    if (register === undefined) throw new Error(`no register belongs to the document ${name}`);
    const opening: OpenDocument<Rights> = {
      document: this.#load(name, register),
      loaded: undefined,
      users: 1,
    };
    this.#all.set(name, opening);
    opening.document.then(
      (document) => {
        opening.loaded = document;
        document.attach();
      },
      () => this.#all.delete(name),
    );

    return opening.document;
  }

  leave(name: string): void {
    const open = this.#all.get(name);
    if (open === undefined) return;
    open.users--;
    this.releaseUnused();
  }

  /** A document with unsent edits stays until they are settled. */
  releaseUnused(): void {
    for (const [name, { loaded, users }] of this.#all) {
      if (users > 0 || loaded === undefined || loaded.unsent > 0) continue;
      loaded.detach();
      this.#all.delete(name);
    }
  }

  loaded(): readonly SyncDocument<Rights>[] {
    return [...this.#all.values()].flatMap(({ loaded }) => loaded ?? []);
  }

  /** The document, if it can be read and edited now. */
  ready(name: string): SyncDocument<Rights> | undefined {
    const document = this.#all.get(name)?.loaded;

    return document?.state.status === 'ready' ? document : undefined;
  }

  async closeAll(): Promise<void> {
    const documents = await Promise.all([...this.#all.values()].map((open) => open.document));
    for (const document of documents) document.detach();
    this.#all.clear();
  }
}

export function isDocumentName(name: string): boolean {
  return findRegisterOf(name) !== undefined;
}

function findRegisterOf(name: string): Register | undefined {
  const parts = parseDocumentName(name);

  return parts === undefined ? undefined : findRegister(parts.register);
}
