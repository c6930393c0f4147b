/** An editor with the provider of the web client whose edits stand in a history, and who goes on whatever the network does. */
import { setTimeout as delay } from 'node:timers/promises';

import type { RecordId } from '@lodestone/document-model';

import type { EditHistory } from './edit-history.ts';
import { type Editor, type EditorOptions, startEditor } from './editors.ts';

export interface RecordingOptions extends EditorOptions {
  /** Of the record that he writes, and nobody else. */
  readonly name: string;
  readonly history: EditHistory;
  readonly pauseMs: number;
}

export class RecordingEditor {
  readonly editor: Editor;
  readonly #options: RecordingOptions;
  readonly #finishing = new AbortController();
  readonly #settling: Promise<void>[] = [];
  #edits = 0;
  readonly #running: Promise<void>;

  private constructor(editor: Editor, options: RecordingOptions) {
    this.editor = editor;
    this.#options = options;
    this.#running = this.#run();
  }

  static async start(origin: string, options: RecordingOptions): Promise<RecordingEditor> {
    return new RecordingEditor(await startEditor(origin, options), options);
  }

  /** No new edits. */
  async finish(): Promise<void> {
    this.#finishing.abort();
    await this.#running;
  }

  /** Every edit is answered. */
  async settled(): Promise<void> {
    await this.finish();
    await Promise.all(this.#settling);
  }

  async close(): Promise<void> {
    await this.finish();
    await this.editor.close();
  }

  /** What this editor's screen shows of every record, in a form that can be compared. */
  records(): Readonly<Record<string, unknown>> {
    const { records } = this.editor.document;

    return Object.fromEntries(
      [...records.ids()].map((id) => [id, records.get(id)?.fields]).toSorted(byId),
    ) as Readonly<Record<string, unknown>>;
  }

  async #run(): Promise<void> {
    const { signal } = this.#finishing;
    while (!signal.aborted) {
      this.#edit();
      const pause = this.#options.pauseMs * (0.5 + Math.random());
      await delay(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  #edit(): void {
    const { name, history } = this.#options;
    const record = name as RecordId;
    const value = `${name}-${String(this.#edits++)}`;
    const handle = this.editor.document.edit([
      this.#edits === 1
        ? { act: 'create', record, birth: { name: value, parties: ['JPN', 'USA'] } }
        : { act: 'set', record, field: 'name', value },
    ]);
    if (handle.status !== 'kept') {
      history.noteSurprise(`an edit was not kept: ${handle.status}`);

      return;
    }
    const edit = handle.edits[0]?.edit ?? '';
    history.noteSent(edit, value);
    this.#settling.push(
      handle.settled.then((outcome) => {
        if (outcome.outcome === 'committed') history.noteSettled(edit, outcome.seq);
        else history.noteSurprise(`${value} was ${outcome.outcome}`);
      }),
    );
  }
}

function byId([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1;
}
