/** Changes the language of the screens and remembers it for the person. */
import { useEffect, useEffectEvent } from 'react';
import type { Language } from '@lodestone/document-model';
import { useSession, useSessionAccess } from '../session/session-context.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { chooseLanguage } from './i18n.ts';

/** Whether the language was chosen on this page: such a choice outweighs the one remembered for the person. */
let wasChosenHere = false;

export function useChooseLanguage(): (language: Language) => void {
  const { store } = useSessionAccess();

  return (language) => {
    wasChosenHere = true;
    void chooseLanguage(language);
    void store.rememberLanguage(language);
  };
}

/** After sign-in the screens speak the person's language, unless he has just chosen another one. */
export function useLanguageOfPerson(): void {
  const session = useSession();
  const { store } = useSessionAccess();
  const shown = useLanguage();
  const user = session.status === 'signed-in' ? session.me.user : undefined;
  const settle = useEffectEvent((remembered: Language) => {
    if (wasChosenHere) void store.rememberLanguage(shown);
    else void chooseLanguage(remembered);
  });
  const person = user?.id;
  const language = user?.language;
  useEffect(() => {
    if (person !== undefined && language !== undefined) settle(language);
  }, [person, language]);
}
