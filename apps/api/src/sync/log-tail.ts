/** The end of one log while a turn is made: every entry takes the next number, and its leaf joins the tree. */
import {
  appendLeaf,
  decodeFrontier,
  encodeFrontier,
  entryLeaf,
  type EntryMeta,
  type EntryPayload,
} from '@lodestone/audit-log';
import type { Head, LoggedEntry } from './log-entry.ts';
import { drawSalt } from './salt.ts';

type NewEntry = Omit<EntryMeta, 'version' | 'log' | 'seq'>;

export class LogTail {
  readonly entries: LoggedEntry[] = [];
  readonly #log: string;
  readonly #start: Head;
  #seq: number;
  #frontier;

  constructor(log: string, head: Head) {
    this.#log = log;
    this.#start = head;
    this.#seq = head.seq;
    this.#frontier = decodeFrontier(head.frontier);
  }

  get head(): Head {
    return this.entries.length === 0
      ? this.#start
      : { seq: this.#seq, frontier: encodeFrontier(this.#frontier) };
  }

  append(entry: NewEntry, content: Omit<EntryPayload, 'salt'>): EntryMeta {
    const meta: EntryMeta = { ...entry, version: 1, log: this.#log, seq: this.#seq + 1 };
    const payload: EntryPayload = { ...content, salt: drawSalt() };
    const leaf = entryLeaf(meta, payload);
    this.#frontier = appendLeaf(this.#frontier, this.#seq, leaf);
    this.#seq = meta.seq;
    this.entries.push({ meta, payload, leaf });

    return meta;
  }
}
