/** Whether the values given so far are enough for a record to be born. */
import type { Register, Value, Words } from '@lodestone/document-model';

export type Birth =
  | { readonly status: 'complete'; readonly fields: Readonly<Record<string, Value>> }
  | { readonly status: 'incomplete'; readonly missing: readonly Words[] };

/** A bilingual text that must not be empty may be given on either side. */
export function birthOf(register: Register, given: Readonly<Record<string, Value>>): Birth {
  const fields: Record<string, Value> = {};
  for (const [field, value] of Object.entries(given)) if (value !== null) fields[field] = value;
  const missing: Words[] = [];
  for (const [name, field] of Object.entries(register.fields)) {
    if (field.required !== true || fields[name] !== undefined) continue;
    const other = field.kind === 'text' ? fields[field.translation ?? ''] : undefined;
    if (other === undefined) missing.push(field.label);
  }

  return missing.length === 0 ? { status: 'complete', fields } : { status: 'incomplete', missing };
}
