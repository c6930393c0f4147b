/** Acts of any size, cut into edits that fit one update. */
import { findRegister, type Intent, type RecordId } from '@lodestone/document-model';
import { largestUpdate } from '@lodestone/sync-protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitIntents } from './split-intents.ts';
import { VisibleDocument } from './visible-document.ts';

const texts = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc
    .constantFrom('x', '鉱', '𠮷')
    .chain((unit) => fc.nat({ max: 8_000 }).map((n) => unit.repeat(n))),
);

const intents: fc.Arbitrary<Intent[]> = fc.array(
  fc.record({
    act: fc.constant('set' as const),
    record: fc.integer({ min: 0, max: 300 }).map((n) => `r${String(n)}` as RecordId),
    field: fc.constantFrom('title', 'notes'),
    value: texts,
  }),
  { maxLength: 60 },
);

it('[PR26] keeps every intent, in order, in updates below the limit', () => {
  const register = findRegister('source');
  if (register === undefined) throw new Error('no register');
  fc.assert(
    fc.property(intents, (all) => {
      const parts = splitIntents(all);

      expect(parts.flat()).toEqual(all);
      const document = new VisibleDocument(register, []);
      for (const part of parts) {
        const minted = document.write(part, 7);
        expect(minted?.update.length ?? 0).toBeLessThan(largestUpdate);
        // Once more over what stands there: an overwrite also names what it replaces.
        const again = part.map(
          (intent) =>
            ({ ...intent, value: `!${String((intent as { value: unknown }).value)}` }) as Intent,
        );
        expect(document.write(again, 7)?.update.length ?? 0).toBeLessThan(largestUpdate);
      }
    }),
    { numRuns: 40 },
  );
});
