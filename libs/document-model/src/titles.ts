/** What a record is called, and the record that a typed name means. */
import { fold } from './fields/choice.ts';
import type { RegisterRecord } from './records.ts';
import type { Register } from './register.ts';
import type { Language } from './words.ts';

/** The fields that hold the sides of a bilingual text, the reader's side first; one field where there is no pair. */
export function sidesOf(register: Register, field: string, language: Language): readonly string[] {
  const declared = register.fields[field];
  if (declared?.kind !== 'text' || declared.translation === undefined) return [field];

  return language === 'ja' ? [declared.translation, field] : [field, declared.translation];
}

export function titleOf(register: Register, record: RegisterRecord, language: Language): string {
  for (const field of sidesOf(register, register.title, language)) {
    const value = record.fields[field];
    if (typeof value === 'string' && value !== '') return value;
  }

  return record.id;
}

/** Every name by which a record is found, folded: titles in both languages, further keys, and its id. */
export function namesOf(register: Register, record: RegisterRecord): readonly string[] {
  const fields = [...sidesOf(register, register.title, 'en'), ...register.keys];
  const texts = fields.map((field) => record.fields[field]);

  return [...texts.filter((text) => typeof text === 'string'), record.id].map(fold);
}
