/** Arbitraries for tests of whatever asks for decisions. */
export { action, actor, audience, party, request, resource, rule, ruleSet } from './arbitraries.ts';
