/** Decides one request. Rules only permit; without a match the answer is deny, with its reason and remedy (AP1, AP2). */
import type { Words } from '@lodestone/document-model';
import { isInAudience } from './audience.ts';
import { explainDenial, type PartyNames } from './explain.ts';
import type { AccessRequest } from './request.ts';
import { permits, type RuleSet } from './rule.ts';

export type Decision =
  | { readonly effect: 'permit'; readonly rule: string }
  | { readonly effect: 'deny'; readonly reason: Words; readonly remedy: Words };

/** @param names what the reader calls the parties; their codes where nothing is given. */
export function decide(rules: RuleSet, request: AccessRequest, names?: PartyNames): Decision {
  if (isInAudience(request.actor, request.resource.audience)) {
    const grant = rules.find((rule) => permits(rule, request));
    if (grant !== undefined) return { effect: 'permit', rule: grant.id };
  }

  return { effect: 'deny', ...explainDenial(rules, request, names) };
}
