/** The one word by which the workspace says how the reader's edits stand. It is never better than the truth. */
import type { ConnectionStatus } from './connection.ts';
import type { DeviceHealth } from './device-store/journal.ts';

/**
 * `saved`: every edit is committed · `saving`: some are on their way · `offline`: they wait for the network · `blocked`:
 * the network lets no socket through · `read-only`: the server stores nothing at present · `not-accepted`: all is
 * settled, and the tray is not empty · `signed-out`: edits wait for a new session · `outdated`: they wait for a reload.
 */
export type StatusWord =
  | 'saved'
  | 'saving'
  | 'offline'
  | 'not-accepted'
  | 'blocked'
  | 'read-only'
  | 'signed-out'
  | 'outdated';

export interface WorkspaceStatus {
  readonly word: StatusWord;
  /** Edits that are not committed. */
  readonly unsent: number;
  /** Edits in the tray. */
  readonly notAccepted: number;
  readonly device: DeviceHealth;
}

export interface StatusFacts extends Omit<WorkspaceStatus, 'word'> {
  readonly connection: ConnectionStatus;
  /** A document whose edits the server cannot store at present. */
  readonly unavailable: boolean;
}

export function statusOf(facts: StatusFacts): WorkspaceStatus {
  const { unsent, notAccepted, device } = facts;

  return { word: wordOf(facts), unsent, notAccepted, device };
}

function wordOf({ connection, unavailable, unsent, notAccepted }: StatusFacts): StatusWord {
  if (connection !== 'connected' && connection !== 'connecting') return connection;
  if (unavailable) return 'read-only';
  if (unsent > 0) return 'saving';

  return notAccepted > 0 ? 'not-accepted' : 'saved';
}
