/** An edit that was not accepted, as it lies in the tray until its author disposes of it. */
import type { Intent, Words } from '@lodestone/document-model';
import type { RefusedChange, RejectionCode } from '@lodestone/sync-protocol';

/** `group.stopped`: an earlier part of the same act was not accepted. */
export type TrayCode = RejectionCode | 'group.stopped';

/** One cell of it, by the server's word, in the words of this side's own check where that comes to the same. */
export interface NotAcceptedChange extends RefusedChange {
  readonly reason?: Words;
  readonly remedy?: Words;
}

export interface NotAccepted {
  readonly code: TrayCode;
  readonly reason: Words;
  readonly remedy?: Words;
  /** The server's own words; none where this side's own check kept the edit back. */
  readonly message?: string;
  /** What was wrong with single cells. */
  readonly changes?: readonly NotAcceptedChange[];
}

export interface TrayItem extends NotAccepted {
  readonly edit: string;
  readonly document: string;
  readonly group: string;
  readonly intents: readonly Intent[];
  /** When its author made it; unknown of one that an older program kept. */
  readonly madeAt?: number;
  /** When it came into the tray. */
  readonly at: number;
}
