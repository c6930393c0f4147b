/** "Not accepted": edits that did not get in, with the reason, until their author sends them again or discards them. */
import type { Intent } from '@lodestone/document-model';
import type { OutboxEntry } from './device-store/device-store.ts';
import type { Journal } from './device-store/journal.ts';
import { Listeners, type Listener, type Unsubscribe } from './listeners.ts';
import type { NotAccepted, TrayItem } from './tray-item.ts';

/** `later`: its document is being opened; it stays in the tray until it could be sent. */
export type RetryOutcome =
  { readonly outcome: 'sent' } | { readonly outcome: 'later' } | { readonly outcome: 'unknown' };

/** Sends intents as a new act, now or as soon as their document is open; then calls `sent`. */
export type Resend = (
  document: string,
  intents: readonly Intent[],
  sent: () => void,
) => 'sent' | 'later';

export interface TrayOptions {
  readonly journal: Journal;
  readonly now: () => number;
  readonly resend: Resend;
  /** An edit came into the tray. */
  readonly taken: (edit: string) => void;
}

export class Tray {
  #items: readonly TrayItem[];
  readonly #journal: Journal;
  readonly #resend: Resend;
  readonly #now: () => number;
  readonly #taken: (edit: string) => void;
  readonly #listeners = new Listeners<readonly TrayItem[]>();

  constructor(kept: readonly TrayItem[], options: TrayOptions) {
    this.#items = kept;
    this.#journal = options.journal;
    this.#resend = options.resend;
    this.#now = options.now;
    this.#taken = options.taken;
  }

  /** Oldest first; the same array until it changes. */
  get items(): readonly TrayItem[] {
    return this.#items;
  }

  onChange(listener: Listener<readonly TrayItem[]>): Unsubscribe {
    return this.#listeners.add(listener);
  }

  /** Takes an edit from the outbox; on the device it moves in one step. */
  take({ edit, document, group, intents, at }: OutboxEntry, why: NotAccepted): TrayItem {
    const item = { edit, document, group, intents, madeAt: at, at: this.#now(), ...why };
    void this.#journal.write([
      { change: 'put-tray', item },
      { change: 'remove-outbox', edit },
    ]);
    this.#taken(edit);
    this.#show([...this.#items.filter((other) => other.edit !== edit), item]);

    return item;
  }

  /** @param some the intents that are meant, where the others are to stay */
  discard(edit: string, some?: readonly Intent[]): void {
    const item = this.#items.find((other) => other.edit === edit);
    const rest = some && item?.intents.filter((intent) => !some.includes(intent));
    if (item !== undefined && rest !== undefined && rest.length > 0) {
      const kept = { ...item, intents: rest };
      void this.#journal.write([{ change: 'put-tray', item: kept }]);
      this.#show(this.#items.map((other) => (other === item ? kept : other)));
      return;
    }
    void this.#journal.write([{ change: 'remove-tray', edit }]);
    this.#show(this.#items.filter((other) => other.edit !== edit));
  }

  /**
   * Sends it once more, as a new edit of today: its author has seen what stands now.
   * @param some the intents that are meant, where the others are to stay
   */
  retry(edit: string, some?: readonly Intent[]): RetryOutcome {
    const item = this.#items.find((other) => other.edit === edit);
    if (item === undefined) return { outcome: 'unknown' };
    const outcome = this.#resend(item.document, some ?? item.intents, () => {
      this.discard(edit, some);
    });

    return { outcome };
  }

  #show(items: readonly TrayItem[]): void {
    this.#items = items;
    this.#listeners.notify(items);
  }
}
