/** What the grid knows of the world outside: the view of a register, and nothing of synchronisation. */
export type {
  Act,
  ActOutcome,
  Attention,
  CellEdit,
  CompartmentMark,
  Peer,
  RegisterView,
  UndoOutcome,
} from '../registers/register-view.ts';
