/** A rule permits, and does nothing else: what no rule permits is denied, so their order never matters (AP2, AP3). */
import type { Register } from '@lodestone/document-model';
import type { AccessRequest, Action, Role } from './request.ts';

export interface Rule {
  readonly id: string;
  /** The actor holds one of these roles; `anyone` asks for none. */
  readonly roles: readonly Role[] | 'anyone';
  readonly actions: readonly Action[];
  /** A register's name, or `*` for all of them. */
  readonly register: string;
  /** `own`: the actor's party must be an owner of the record. */
  readonly party: 'own' | 'any';
  /** Only these fields, so no creation of a record; all where nothing is said. */
  readonly fields?: readonly string[];
}

export type RuleSet = readonly Rule[];

/** Whether a rule speaks of such an action on such a field at all, whoever asks. */
export function isAbout(rule: Rule, { action, resource }: AccessRequest): boolean {
  if (!rule.actions.includes(action)) return false;
  if (rule.register !== '*' && rule.register !== resource.register) return false;
  if (rule.fields === undefined) return true;

  return resource.field !== undefined && rule.fields.includes(resource.field);
}

export function permits(rule: Rule, request: AccessRequest): boolean {
  const { actor, resource } = request;
  if (!isAbout(rule, request)) return false;
  if (rule.roles !== 'anyone' && !rule.roles.some((role) => actor.roles.includes(role))) {
    return false;
  }

  return rule.party === 'any' || (resource.owners ?? []).includes(actor.party);
}

/** The rules that the built-in roles bring with them, drawn from the registers' declarations. */
export function builtInRules(registers: readonly Register[]): RuleSet {
  const reading: Rule = {
    id: 'read',
    roles: 'anyone',
    actions: ['read'],
    register: '*',
    party: 'any',
  };

  return [reading, ...registers.flatMap(rulesOf)];
}

function rulesOf(register: Register): readonly Rule[] {
  const actions = ['create', 'update', 'move'] as const;
  const rule = (role: Role, party: Rule['party']): Rule => ({
    id: `${register.name}.${role}`,
    roles: [role],
    actions,
    register: register.name,
    party,
  });
  switch (register.editing) {
    case 'owner-editors':
      return [rule('editor', 'own'), { ...rule('approver', 'own'), actions: ['approve'] }];
    case 'any-editor':
      return [rule('editor', 'any')];
    case 'secretariat':
      return [rule('secretariat', 'any')];
    case 'administrator':
      return [rule('administrator', 'any')];
  }
}
