/** What holds for every set of rules and every request. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isInAudience } from './audience.ts';
import { decide } from './decide.ts';
import type { AccessRequest } from './request.ts';
import { permits } from './rule.ts';
import { party, request, rule, ruleSet } from './testing/index.ts';

/** The same request by somebody who is in the audience, so that the rules alone decide. */
function inside({ resource, ...asked }: AccessRequest): AccessRequest {
  return { ...asked, resource: { ...resource, audience: { everyone: true, parties: [] } } };
}

it('[AP1] nothing is permitted that no rule permits, and a permit names its rule', () => {
  fc.assert(
    fc.property(ruleSet, request, (rules, asked) => {
      const decision = decide(rules, asked);
      const granting = rules.filter((one) => permits(one, asked)).map(({ id }) => id);
      if (decision.effect === 'permit') expect(granting).toContain(decision.rule);
      else if (isInAudience(asked.actor, asked.resource.audience)) expect(granting).toEqual([]);
      expect(decide([], asked).effect).toBe('deny');
    }),
  );
});

it('[AP2] a further rule never takes a permission away', () => {
  fc.assert(
    fc.property(ruleSet, rule, request, (rules, further, asked) => {
      const before = decide(rules, asked).effect;
      const after = decide([further, ...rules], asked).effect;
      expect(before === 'deny' || after === 'permit').toBe(true);
    }),
  );
});

it('[AP3] the order of the rules never matters', () => {
  const shuffled = ruleSet.chain((rules) =>
    fc.tuple(
      fc.constant(rules),
      fc.shuffledSubarray([...rules], { minLength: rules.length, maxLength: rules.length }),
    ),
  );
  fc.assert(
    fc.property(shuffled, request, ([rules, other], asked) => {
      expect(decide(other, asked).effect).toBe(decide(rules, asked).effect);
    }),
  );
});

it('[AP4] outside the audience all is denied, in words that tell nothing apart', () => {
  const words = new Set<string>();
  fc.assert(
    fc.property(ruleSet, request, party, (rules, { actor, ...asked }, own) => {
      const audience = {
        everyone: false,
        parties: asked.resource.audience.parties.filter((one) => one !== own),
      };
      const decision = decide(rules, {
        ...asked,
        actor: { ...actor, party: own },
        resource: { ...asked.resource, audience },
      });
      expect(decision.effect).toBe('deny');
      words.add(JSON.stringify(decision));
    }),
  );
  expect(words.size).toBe(1);
});

it('[AP5] every denial is whole sentences in both languages, without a gap where a name should be', () => {
  fc.assert(
    fc.property(ruleSet, request, (rules, asked) => {
      const decision = decide(rules, inside(asked));
      if (decision.effect === 'permit') return;
      for (const { en, ja } of [decision.reason, decision.remedy]) {
        expect(en).toMatch(/^[A-Z].*\.$/);
        expect(en).not.toMatch(/ {2}| [,.]|undefined/);
        expect(ja).toMatch(/^[^。]+。$|^[^。]+。[^。]+。$/);
        expect(ja).not.toMatch(/undefined|^の|。の/);
      }
    }),
    { numRuns: 500 },
  );
});

it('[AP8] rules are plain data: a copy through JSON decides the same', () => {
  fc.assert(
    fc.property(ruleSet, request, (rules, asked) => {
      const copy = JSON.parse(JSON.stringify(rules)) as typeof rules;
      expect(decide(copy, asked)).toEqual(decide(rules, asked));
    }),
  );
});
