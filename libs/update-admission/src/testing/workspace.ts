/** A document with its gate, people who edit copies of it, and what a test asks of them. */
import type { RecordId } from '@lodestone/document-model';
import * as Y from 'yjs';
import { Admission } from '../admit.ts';
import type { Author } from '../author.ts';
import type { CellChange, Inspection, RefusalCode } from '../change.ts';
import { site } from './sample-register.ts';

const recordOne = 'r1' as RecordId;
const permit = { effect: 'permit', rule: 'test' } as const;

/** The author that a client id stands for: allowed everything, aware of everything, but for what is given. */
function author(clientId: number, differing: Partial<Author> = {}): Author {
  return { clientId, decide: () => permit, changedSince: () => undefined, ...differing };
}

/** One person's copy of the document. */
export class Member {
  readonly document: Y.Doc;
  readonly clientId: number;

  constructor(clientId: number, state: Uint8Array) {
    this.clientId = clientId;
    // A given guid spares drawing a random one, which thousands of copies would notice.
    this.document = new Y.Doc({ guid: 'copy' });
    this.cells();
    Y.applyUpdate(this.document, state);
    // Only now: Yjs takes another client id when it receives items that bear its own.
    this.document.clientID = clientId;
  }

  cells(): Y.Map<unknown> {
    return this.document.getMap(site.name);
  }

  receive(update: Uint8Array): void {
    Y.applyUpdate(this.document, update, 'remote');
  }

  /** Makes an edit in the copy and returns its update, as the provider sends it. */
  edit(change: (cells: Y.Map<unknown>) => void): Uint8Array {
    const made: Uint8Array[] = [];
    const note = (update: Uint8Array) => made.push(update);
    this.document.on('update', note);
    this.document.transact(() => {
      change(this.cells());
    });
    this.document.off('update', note);
    const [update] = made;
    if (update === undefined || made.length > 1) throw new Error('an edit is one update');

    return update;
  }

  set(key: string, value: unknown): Uint8Array {
    return this.edit((cells) => cells.set(key, value));
  }
}

export class Workspace {
  readonly document = new Y.Doc();
  readonly admission = new Admission(this.document, site);

  constructor() {
    this.document.clientID = 0xffffffff;
  }

  get cells(): Y.Map<unknown> {
    return this.document.getMap(site.name);
  }

  get state(): Uint8Array {
    return Y.encodeStateAsUpdate(this.document);
  }

  get isPending(): boolean {
    const { pendingStructs, pendingDs } = this.document.store;

    return pendingStructs !== null || pendingDs !== null;
  }

  member(clientId: number): Member {
    return new Member(clientId, this.state);
  }

  inspect(update: Uint8Array, clientId: number, differing?: Partial<Author>): Inspection {
    return this.admission.inspect(update, author(clientId, differing));
  }

  /** Admits, applies and tells what came of it; anything but `admitted` fails the test. */
  admit(update: Uint8Array, clientId: number, differing?: Partial<Author>): readonly CellChange[] {
    const inspection = this.inspect(update, clientId, differing);
    if (inspection.verdict !== 'admitted') throw new Error(JSON.stringify(inspection));
    Y.applyUpdate(this.document, update);

    return this.admission.diff(inspection);
  }

  /** What a refused update is refused for: its code and each refused cell as `record/field[/element] code`. */
  refusal(
    update: Uint8Array,
    clientId: number,
    differing?: Partial<Author>,
  ): { readonly code: RefusalCode; readonly english: string; readonly cells: readonly string[] } {
    const before = this.state;
    const inspection = this.inspect(update, clientId, differing);
    if (inspection.verdict !== 'rejected') throw new Error(JSON.stringify(inspection));
    if (!sameBytes(before, this.state)) throw new Error('inspecting changed the document');
    const cells = inspection.changes.map(({ record, field, element, code }) => {
      const key = [record, field, element].filter((part) => part !== undefined).join('/');

      return `${key} ${code}`;
    });

    return { code: inspection.code, english: inspection.message.en, cells };
  }
}

/** A workspace with record r1, born by client 2, and a copy for client 3 that has seen it. */
export function openWorkspace(birth: Record<string, unknown> = {}): {
  readonly workspace: Workspace;
  readonly founder: Member;
  readonly editor: Member;
} {
  const workspace = new Workspace();
  const founder = workspace.member(2);
  const born = { name: 'One', tags: ['light'], parties: ['USA'], state: 'planned', ...birth };
  workspace.admit(founder.set(recordOne, born), 2);

  return { workspace, founder, editor: workspace.member(3) };
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;

  return true;
}
