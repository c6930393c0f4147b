/** Several whole sentences as one text: English has a space between them, Japanese none. */
import type { Language } from '@lodestone/document-model';

export function sentences(language: Language, ...parts: readonly string[]): string {
  return parts.join(language === 'ja' ? '' : ' ');
}
