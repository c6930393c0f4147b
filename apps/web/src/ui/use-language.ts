/** The language of the screens, as the libraries name it. */
import { useTranslation } from 'react-i18next';
import type { Language } from '@lodestone/document-model';

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'ja' ? 'ja' : 'en';
}
