/** What reading and writing values needs of the world, in the reader's language. */
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { Language, Surroundings } from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';

export function useAround(view: RegisterView, language: Language): Surroundings {
  const around = useSyncExternalStore(
    useCallback((listener) => view.subscribeSurroundings(listener), [view]),
    () => view.around(),
  );

  return useMemo(
    () => ({
      language,
      titleOf: (register, record) => around.titleOf(register, record),
      recordFor: (register, text) => around.recordFor(register, text),
    }),
    [around, language],
  );
}
