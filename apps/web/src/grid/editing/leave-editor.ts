/** Leaves an open cell by the pointer. */
import { commitEditor } from '../commands/edit-cell.ts';
import type { GridSession } from '../grid-session.ts';

/** False: the edit does not parse and stays open. What is being composed is ended first, so that nothing is lost. */
export function leaveEditor(session: GridSession, field: HTMLTextAreaElement | null): boolean {
  if (session.edit.get() === undefined) return true;
  if (field !== null && document.activeElement === field) {
    // Leaving the field ends the composition and commits; coming back keeps the keyboard in the grid.
    field.blur();
    field.focus({ preventScroll: true });
  }

  return commitEditor(session);
}
