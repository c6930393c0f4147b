/** Which cells of which records wait for the reader's word; a change wakes only the rows it is about. */
import type { RecordId } from '@lodestone/document-model';
import type { Attention } from '../registers/register-view.ts';
import { keepKnown } from './keep-known.ts';
import { ListenerMap } from './listeners.ts';
import type { CellConflict, RefusedAct } from './workspace-port.ts';

type Fields = ReadonlyMap<string, Attention>;

export class AttentionIndex {
  #byRecord: ReadonlyMap<string, Fields> = new Map();
  readonly #listeners = new ListenerMap<string>();

  at(register: string, record: RecordId): Fields {
    return this.#byRecord.get(keyOf(register, record)) ?? nothing;
  }

  subscribe(register: string, record: RecordId, listener: () => void): () => void {
    return this.#listeners.add(keyOf(register, record), listener);
  }

  replace(conflicts: readonly CellConflict[], acts: readonly RefusedAct[]): void {
    const next = new Map<string, Map<string, Attention>>();
    const note = (key: string, field: string, attention: Attention) => {
      const fields = next.get(key) ?? new Map<string, Attention>();
      next.set(key, fields.set(field, attention));
    };
    for (const { register, record, field } of acts.flatMap(({ lines }) => lines)) {
      if (field !== '') note(keyOf(register, record), field, 'refused');
    }
    // A conflict is the more urgent of the two: one of its values is on everybody's screen.
    for (const { register, record, field } of conflicts) {
      note(keyOf(register, record), field, 'conflict');
    }
    const { map, touched } = keepKnown<string, Fields>(this.#byRecord, next, isSame);
    this.#byRecord = map;
    this.#listeners.notify(touched);
  }
}

const nothing: Fields = new Map();

function keyOf(register: string, record: string): string {
  return `${register}/${record}`;
}

function isSame(a: Fields, b: Fields): boolean {
  return a.size === b.size && [...a].every(([field, attention]) => b.get(field) === attention);
}
