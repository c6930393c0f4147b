/** Keeps sets within their largest size, whatever the order and the luck of concurrent edits (UA16). */
import { formatCellKey, largestSet } from '@lodestone/document-model';
import type { PlannedChange } from './change.ts';

/** The additions that would make a set too large. */
export function findOverfull(
  changes: readonly PlannedChange[],
  sizeOf: (change: PlannedChange) => number,
): ReadonlySet<PlannedChange> {
  const overfull = new Set<PlannedChange>();
  for (const ofOneSet of groupBySet(changes).values()) {
    const added = ofOneSet.filter((change) => change.new === true);
    const [first] = added;
    if (first === undefined) continue;
    // A removal that may lose to a concurrent edit makes no room.
    const removed = ofOneSet.filter((change) => change.new === false && !change.concurrent);
    if (sizeOf(first) + added.length - removed.length <= largestSet) continue;
    for (const change of added) overfull.add(change);
  }

  return overfull;
}

function groupBySet(changes: readonly PlannedChange[]): ReadonlyMap<string, PlannedChange[]> {
  const sets = new Map<string, PlannedChange[]>();
  for (const change of changes) {
    if (change.element === undefined || change.old === change.new) continue;
    const key = formatCellKey(change.record, change.field);
    const known = sets.get(key);
    if (known === undefined) sets.set(key, [change]);
    else known.push(change);
  }

  return sets;
}
