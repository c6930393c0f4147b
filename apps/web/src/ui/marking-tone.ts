/** How strongly a marking is drawn. The word is always written; the tone only makes a narrow audience hard to miss. */
export type MarkingTone = 'public' | 'shared' | 'national';

export function markingTone(marking: string): MarkingTone {
  if (marking === 'PUBLIC') return 'public';

  return marking.endsWith(' ONLY') ? 'national' : 'shared';
}
