/** Rare paths that many runs together must have taken: a simulation that never gets there shows nothing about them. */

/** Even a few dozen runs reach these. */
export const soonReached = [
  'access-moved',
  'answered-again',
  'closed.generation',
  'closed.session.ended',
  'commit.answer-lost',
  'commit.failed',
  'commit.late',
  'conflict',
  'conflict-told',
  'conflict.lost',
  'conflict.won',
  'duplicate-bytes',
  'edit-rewritten',
  'generation',
  'half-open',
  'head-moved',
  'node-crash',
  'node-pause',
  'partition',
  'read',
  'rejected.access.denied',
  'rejected.session.ended',
  'rejected.unavailable',
  'rejected.value.changed',
  'rejected.value.invalid',
  'resync',
  'room-dropped',
  'tab-crash',
  'told-of-gap',
  'tray.value.changed',
  'trim',
  'undo.done',
] as const;

/** And hundreds of runs these too. */
export const everReached = [
  ...soonReached,
  'answer-overdue',
  'database-down',
  'device-clone',
  'generation-rebuilt',
  'idle-transaction-ended',
  'node-restart',
  'person-disabled',
  'redo.done',
  'refused.access.denied',
  'refused.unavailable',
  'rejected.client-id.foreign',
  'rejected.record.exists',
  'rejected.record.unknown',
  'rejected.update.malformed',
  'retry.sent',
  'role-lost',
  'session-ended',
  'snapshot',
  'tab-reload',
  'tray.access.denied',
  'tray.record.exists',
  'tray.value.invalid',
  'undo.changed-since',
] as const;

/** Of which so many runs are enough. */
export const runsToReachAll = 500;

export function findUnreached(
  paths: readonly string[],
  reached: ReadonlyMap<string, number>,
): readonly string[] {
  return paths.filter((path) => (reached.get(path) ?? 0) === 0);
}

/** Adds the counts of one run to those of all. */
export function addReached(all: Map<string, number>, one: ReadonlyMap<string, number>): void {
  for (const [path, count] of one) all.set(path, (all.get(path) ?? 0) + count);
}
