/** Actor, action, resource: a decision with its reason. One evaluator for server and client. */
export { actionOf, actionsOfBirth, ownersOf } from './cell-access.ts';
export { isInAudience } from './audience.ts';
export { decide, type Decision } from './decide.ts';
export { roleNames, type Explanation, type PartyNames } from './explain.ts';
export {
  roles,
  type AccessRequest,
  type Action,
  type Actor,
  type Audience,
  type Resource,
  type Role,
} from './request.ts';
export { builtInRules, type Rule, type RuleSet } from './rule.ts';
