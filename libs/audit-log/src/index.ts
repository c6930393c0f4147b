/** What is recorded and how it is proved. Depends on nothing of ours. */
export { canonicalForm, type Json } from './canonical-form.ts';
export { entryLeaf, payloadHash, type EntryMeta, type EntryPayload } from './entry.ts';
export {
  appendLeaf,
  decodeFrontier,
  encodeFrontier,
  leafHash,
  nodeHash,
  rootHash,
  type Hash,
} from './merkle-tree.ts';
