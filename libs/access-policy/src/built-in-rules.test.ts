/** The built-in roles against every register: the matrix that a reviewer reads. */
import { isPartyCode, registers, type PartyCode } from '@lodestone/document-model';
import { expect, it } from 'vitest';
import { decide } from './decide.ts';
import { actions, roles, type Action, type Role } from './request.ts';
import { builtInRules } from './rule.ts';

const rules = builtInRules(registers);
const [usa, jpn] = ['USA', 'JPN'].filter(isPartyCode) as [PartyCode, PartyCode];
const letters: Record<Action, string> = {
  read: 'r',
  create: 'c',
  update: 'u',
  move: 'm',
  approve: 'a',
};

/** What a role may do, one letter each: in capitals where also in records of other parties. */
function permitted(register: (typeof registers)[number], role: Role): string {
  const effect = (action: Action, owner: PartyCode) =>
    decide(rules, {
      actor: { person: 'p', party: usa, roles: [role] },
      action,
      resource: {
        audience: { everyone: false, parties: [usa, jpn] },
        register: register.name,
        owners: [owner],
      },
    }).effect;

  return actions
    .map((action) => {
      if (effect(action, jpn) === 'permit') return letters[action].toUpperCase();

      return effect(action, usa) === 'permit' ? letters[action] : '-';
    })
    .join('');
}

it('[AP9] gives each role in each register what the table says', () => {
  const table = registers.map((register) =>
    [register.name, ...roles.map((role) => permitted(register, role))].join(' '),
  );
  expect(table).toEqual([
    //             editor approver secretariat administrator auditor observer
    'project Rcum- R---a R---- R---- R---- R----',
    'capacity-line Rcum- R---a R---- R---- R---- R----',
    'milestone Rcum- R---a R---- R---- R---- R----',
    'source RCUM- R---- R---- R---- R---- R----',
    'material R---- R---- RCUM- R---- R---- R----',
    'party R---- R---- R---- RCUM- R---- R----',
    'stage R---- R---- RCUM- R---- R---- R----',
    'project-stage R---- R---- RCUM- R---- R---- R----',
    'instrument R---- R---- RCUM- R---- R---- R----',
  ]);
});

it('[AP9] an auditor and an observer write nothing, and rule ids are unique', () => {
  const writing = rules.filter((rule) => rule.actions.some((action) => action !== 'read'));
  expect(writing.length).toBeGreaterThan(0);
  for (const rule of writing) {
    expect(rule.roles).not.toBe('anyone');
    expect(rule.roles).not.toContain('auditor');
    expect(rule.roles).not.toContain('observer');
  }
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
});
