/** A map that is made anew, in which unchanged entries stay the objects that the screens know: they draw only the others. */
export interface Renewal<Key, Entry> {
  readonly map: Map<Key, Entry>;
  /** The keys that came, went, or have another entry now. */
  readonly touched: ReadonlySet<Key>;
}

export function keepKnown<Key, Entry>(
  before: ReadonlyMap<Key, Entry>,
  next: ReadonlyMap<Key, Entry>,
  isSame: (known: Entry, fresh: Entry) => boolean,
): Renewal<Key, Entry> {
  const touched = new Set([...before.keys()].filter((key) => !next.has(key)));
  const map = new Map<Key, Entry>();
  for (const [key, fresh] of next) {
    const known = before.get(key);
    const isKept = known !== undefined && isSame(known, fresh);
    if (!isKept) touched.add(key);
    map.set(key, isKept ? known : fresh);
  }

  return { map, touched };
}
