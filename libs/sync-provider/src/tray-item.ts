/** An edit that was not accepted, as it lies in the tray until its author disposes of it. */
import type { Intent, Words } from '@lodestone/document-model';
import type { RefusedChange, RejectionCode } from '@lodestone/sync-protocol';

/** `group.stopped`: an earlier part of the same act was not accepted. */
export type TrayCode = RejectionCode | 'group.stopped';

export interface NotAccepted {
  readonly code: TrayCode;
  readonly reason: Words;
  readonly remedy?: Words;
  /** The server's own words, and its word on single cells. */
  readonly message?: string;
  readonly changes?: readonly RefusedChange[];
}

export interface TrayItem extends NotAccepted {
  readonly edit: string;
  readonly document: string;
  readonly group: string;
  readonly intents: readonly Intent[];
  readonly at: number;
}
