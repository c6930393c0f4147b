/** Decodes, inspects and admits one Yjs update before it is applied. */
export { Admission } from './admit.ts';
export type { AccessQuestion, Author, LaterChange } from './author.ts';
export type {
  Admitted,
  CellChange,
  ChangeOp,
  Inspection,
  PlannedChange,
  RefusalCode,
  RefusedChange,
  Rejected,
  Resync,
} from './change.ts';
export { limits } from './limits.ts';
