/** Rules, actors and requests, few enough in their parts that they often meet. */
import { isPartyCode, type PartyCode, type RegisterName } from '@lodestone/document-model';
import fc from 'fast-check';
import {
  actions,
  roles,
  type AccessRequest,
  type Action,
  type Actor,
  type Audience,
  type Resource,
} from '../request.ts';
import type { Rule } from '../rule.ts';

const parties = ['USA', 'JPN', 'AUS', 'FRA'].filter(isPartyCode);
const registerNames = ['project', 'source'] as string[] as RegisterName[];
const fieldNames = ['name', 'notes'] as const;

export const party: fc.Arbitrary<PartyCode> = fc.constantFrom(...parties);
export const action: fc.Arbitrary<Action> = fc.constantFrom(...actions);
const role = fc.constantFrom(...roles);
const registerName = fc.constantFrom(...registerNames);
const field = fc.constantFrom(...fieldNames);

export const actor: fc.Arbitrary<Actor> = fc.record({
  person: fc.uuid(),
  party,
  roles: fc.uniqueArray(role, { maxLength: 3 }),
});

export const audience: fc.Arbitrary<Audience> = fc.record({
  everyone: fc.boolean(),
  parties: fc.uniqueArray(party),
});

const place = { audience, register: registerName };

export const resource: fc.Arbitrary<Resource> = fc.record(
  { ...place, owners: fc.uniqueArray(party), field },
  { requiredKeys: ['audience', 'register'] },
);

export const request: fc.Arbitrary<AccessRequest> = fc.record({ actor, action, resource });

export const rule: fc.Arbitrary<Rule> = fc.record(
  {
    id: fc.uuid(),
    roles: fc.oneof(
      fc.constant('anyone' as const),
      fc.uniqueArray(role, { minLength: 1, maxLength: 3 }),
    ),
    actions: fc.uniqueArray(action, { minLength: 1 }),
    register: fc.oneof(fc.constant('*'), registerName),
    party: fc.constantFrom('own' as const, 'any' as const),
    fields: fc.uniqueArray(field, { minLength: 1 }),
  },
  { requiredKeys: ['id', 'roles', 'actions', 'register', 'party'] },
);

export const ruleSet: fc.Arbitrary<readonly Rule[]> = fc.array(rule, { maxLength: 8 });
