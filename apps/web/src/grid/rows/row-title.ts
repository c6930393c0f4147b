/** What a row is called in sentences: its record's title, or its id while it has none. */
import {
  titleOf,
  type Language,
  type Register,
  type RegisterRecord,
} from '@lodestone/document-model';
import { draftId } from './draft-view.ts';

export function titleText(
  register: Register,
  record: RegisterRecord | undefined,
  language: Language,
): string {
  if (record === undefined) return '';
  const title = titleOf(register, record, language);

  return title === draftId ? register.singular[language] : title;
}
