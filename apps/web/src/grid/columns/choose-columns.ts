/** The reader's choices about columns: hidden, pinned, wider, narrower. */
import type { GridSession } from '../grid-session.ts';
import { noChoices, widthOf, type ColumnChoices } from './column.ts';

export function hideColumn(session: GridSession, field: string, hidden: boolean): void {
  change(session, ({ hidden: others }) => ({ hidden: { ...others, [field]: hidden } }));
}

export function pinColumn(session: GridSession, field: string, pinned: boolean): void {
  change(session, ({ pinned: others }) => ({ pinned: { ...others, [field]: pinned } }));
}

export function resizeColumn(session: GridSession, field: string, width: number): void {
  const { register } = session.view;
  change(session, (choices) => {
    const widths = { ...choices.widths, [field]: width };

    return { widths: { ...widths, [field]: widthOf(register, { ...choices, widths }, field) } };
  });
}

export function resetColumns(session: GridSession): void {
  session.choices.set(noChoices);
}

function change(
  session: GridSession,
  part: (choices: ColumnChoices) => Partial<ColumnChoices>,
): void {
  const choices = session.choices.get();
  session.choices.set({ ...choices, ...part(choices) });
}
