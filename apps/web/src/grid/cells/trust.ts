/** How far a record's figures can be trusted, where its register says so by the fields every such register has. */
import type { Register, RegisterRecord, Words } from '@lodestone/document-model';

export interface Doubt {
  /** `approximate`: a sign is enough; anything else is said in words. */
  readonly kind: 'approximate' | 'other';
  readonly label: Words;
}

/** The confidence that has to be in sight beside the title: anything that is not simply published. */
export function doubtAbout(register: Register, record: RegisterRecord): Doubt | undefined {
  const declared = register.fields['confidence'];
  const value = record.fields['confidence'];
  if (declared?.kind !== 'choice' || typeof value !== 'string' || value === 'published') {
    return undefined;
  }
  const label = declared.options[value]?.label;

  return label && { kind: value === 'approximate' ? 'approximate' : 'other', label };
}

/** Whether the record names this field as approximate. */
export function isApproximate(record: RegisterRecord, field: string): boolean {
  const approximate = record.fields['approximate'];

  return Array.isArray(approximate) && approximate.includes(field);
}
