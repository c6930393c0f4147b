/** How much one update may hold or cost. Each bound is far above what an honest edit needs (UA2, UA9). */
export const limits = {
  /** The update itself, in bytes; contract.md part 4. */
  updateBytes: 256 * 1024,
  /** Items one update may add. */
  structs: 20_000,
  /** Clock ticks one update may take; more than its items only where it carries tombstones. */
  clocks: 20_000,
  deleteRanges: 20_000,
  /** Stored items that the delete ranges may cover, dead ones counted. */
  deletedItems: 20_000,
  /** Steps of Yjs's search for the place of an item among concurrent ones: about 50 ms. */
  scanSteps: 100_000,
  /** Objects and arrays in each other: a birth value holds quantities and lists, which hold scalars. */
  valueDepth: 4,
  valueNodes: 8_192,
  /** Refused cells that a verdict names. */
  refusals: 200,
} as const;
