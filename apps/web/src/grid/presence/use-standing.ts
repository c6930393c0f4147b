/** Tells the others where this person stands, and whether he is typing. */
import { useEffect } from 'react';
import type { GridSession } from '../grid-session.ts';

export function useStanding(session: GridSession): void {
  useEffect(() => {
    const { view, selection, edit, isFocused, layout } = session;
    let told = '';
    const tell = () => {
      const active = selection.get()?.active;
      const column = layout.get().columns.find(({ field }) => field === active?.field);
      const at =
        isFocused.get() && active !== undefined && column !== undefined
          ? { record: active.record, field: column.sides[0] }
          : null;
      const editing = at !== null && edit.get() !== undefined;
      const next = JSON.stringify([at, editing]);
      if (next === told) return;
      told = next;
      view.stand(at, { editing });
    };
    const ends = [selection, edit, isFocused, layout].map((watched) => watched.subscribe(tell));
    tell();

    return () => {
      for (const end of ends) end();
      view.stand(null, { editing: false });
    };
  }, [session]);
}
