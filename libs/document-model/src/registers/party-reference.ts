/** An element of a set of parties: shown with its code, the same in every register that names its owners. */
import type { ReferenceField } from '../field.ts';

export const partyReference: ReferenceField = {
  kind: 'reference',
  label: { en: 'Party', ja: '参加国' },
  register: 'party',
  display: 'code',
};
