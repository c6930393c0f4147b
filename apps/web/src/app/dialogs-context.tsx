/** Which of the shell's dialogs is open. At most one is. */
import { createContext, use } from 'react';

export type DialogName = 'palette' | 'keys' | 'tray' | 'sign-out' | 'sign-in' | 'navigation';

export interface Dialogs {
  readonly open: DialogName | undefined;
  readonly show: (name: DialogName) => void;
  readonly close: () => void;
}

export const DialogsContext = createContext<Dialogs | null>(null);

export function useDialogs(): Dialogs {
  const dialogs = use(DialogsContext);
  if (dialogs === null) throw new Error('There are no dialogs here.');

  return dialogs;
}
