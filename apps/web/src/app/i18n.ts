/** The words of all screens, in both languages, and the language that is chosen. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '@lodestone/document-model';
import { attentionWords } from '../attention/attention-words.ts';
import { gridWords } from '../grid/grid-words.ts';
import { recordWords } from '../record/record-words.ts';
import { sessionWords } from '../session/session-words.ts';
import { appWords } from './app-words.ts';

/** Every namespace, for the instance below and for the test that compares the languages. */
export const catalogues = [appWords, sessionWords, recordWords, gridWords, attentionWords] as const;

const languageKey = 'lodestone.language';

export const i18n = i18next.createInstance();

/** Resolved at once: the words are part of the program. */
export async function startI18n(): Promise<void> {
  const { lang } = document.documentElement;
  const resources = {
    en: Object.fromEntries(catalogues.map(({ namespace, en }) => [namespace, en])),
    ja: Object.fromEntries(catalogues.map(({ namespace, ja }) => [namespace, ja])),
  };
  i18n.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    loadJapaneseFont(language === 'ja' ? 'now' : 'when-idle');
  });
  await i18n.use(initReactI18next).init({
    resources,
    lng: isLanguage(lang) ? lang : 'en',
    fallbackLng: 'en',
    defaultNS: appWords.namespace,
    // React escapes what it draws.
    interpolation: { escapeValue: false },
  });
}

/** Changes the language and keeps it on this device, for the screens before sign-in. */
export async function chooseLanguage(language: Language): Promise<void> {
  try {
    localStorage.setItem(languageKey, language);
  } catch {
    // A browser that keeps nothing still changes the language.
  }
  if (i18n.language !== language) await i18n.changeLanguage(language);
}

function isLanguage(text: string): text is Language {
  return text === 'en' || text === 'ja';
}

/**
 * The style sheet alone is 31 kB, so it does not delay the first paint in English. It is fetched all the same, since
 * every page holds some Japanese; the font files themselves come only for the characters in sight.
 */
function loadJapaneseFont(when: 'now' | 'when-idle'): void {
  const load = () => {
    void import('@fontsource-variable/noto-sans-jp/wght.css');
  };
  if (when === 'now' || typeof requestIdleCallback !== 'function') load();
  else requestIdleCallback(load, { timeout: 3000 });
}
