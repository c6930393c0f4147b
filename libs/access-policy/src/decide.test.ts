/** Single decisions, and the words of denials. */
import { isPartyCode, type PartyCode, type RegisterName } from '@lodestone/document-model';
import { describe, expect, it } from 'vitest';
import { decide } from './decide.ts';
import type { AccessRequest, Action, Actor } from './request.ts';
import type { Rule } from './rule.ts';

const [usa, jpn, aus] = ['USA', 'JPN', 'AUS'].filter(isPartyCode) as [
  PartyCode,
  PartyCode,
  PartyCode,
];
const usaEditor: Actor = { person: 'p', party: usa, roles: ['editor'] };

const ownEditors: Rule = {
  id: 'own-editors',
  roles: ['editor'],
  actions: ['create', 'update'],
  register: 'project',
  party: 'own',
};

const anySecretariat: Rule = {
  ...ownEditors,
  id: 'any-secretariat',
  roles: ['secretariat'],
  party: 'any',
};

function ask(
  owners: readonly PartyCode[],
  differing: { actor?: Actor; action?: Action; field?: string } = {},
): AccessRequest {
  const { actor = usaEditor, action = 'update', field } = differing;
  const resource = {
    audience: { everyone: true, parties: [] },
    register: 'project' as RegisterName,
    owners,
    ...(field !== undefined && { field }),
  };

  return { actor, action, resource };
}

function words(rules: readonly Rule[], request: AccessRequest): string {
  const decision = decide(rules, request);
  if (decision.effect === 'permit') throw new Error(`permitted by ${decision.rule}`);

  return `${decision.reason.en} ${decision.remedy.en}`;
}

describe('ownership', () => {
  it('[AP6] a rule for the own party permits owners, each of several, and nobody else', () => {
    expect(decide([ownEditors], ask([usa])).effect).toBe('permit');
    expect(decide([ownEditors], ask([jpn, usa])).effect).toBe('permit');
    expect(decide([ownEditors], ask([jpn])).effect).toBe('deny');
    expect(decide([ownEditors], ask([])).effect).toBe('deny');
  });

  it('[AP6] a rule for any party permits whoever owns the record', () => {
    const actor: Actor = { ...usaEditor, roles: ['secretariat'] };
    expect(decide([anySecretariat], ask([jpn], { actor })).effect).toBe('permit');
    expect(decide([anySecretariat], ask([], { actor })).effect).toBe('permit');
  });
});

it('[AP7] a rule for some fields permits these, and no creation of a record', () => {
  const notesOnly: Rule = { ...ownEditors, fields: ['notes'] };
  expect(decide([notesOnly], ask([usa], { field: 'notes' })).effect).toBe('permit');
  expect(decide([notesOnly], ask([usa], { field: 'name' })).effect).toBe('deny');
  expect(decide([notesOnly], ask([usa], { action: 'create' })).effect).toBe('deny');
});

describe('a denial', () => {
  it('[AP5] names the parties that may, and the actor’s own', () => {
    expect(words([ownEditors], ask([jpn, aus]))).toBe(
      'Only editors of JPN or AUS may change this. You belong to USA. Ask editors of JPN or AUS.',
    );
  });

  it('[AP5] calls parties as the reader does', () => {
    const decision = decide([ownEditors], ask([jpn]), (code) =>
      code === jpn ? { en: 'Japan', ja: '日本' } : { en: 'the United States', ja: '米国' },
    );
    expect(decision).toMatchObject({
      reason: { ja: '変更できるのは日本の編集担当だけです。' },
      remedy: { ja: 'あなたの所属は米国です。日本の編集担当に依頼してください。' },
    });
  });

  it('[AP5] sends who lacks the role to his own party', () => {
    const actor: Actor = { ...usaEditor, roles: ['observer'] };
    expect(words([ownEditors], ask([usa], { actor }))).toBe(
      'Only editors of USA may change this. Ask editors of your own party.',
    );
  });

  it('[AP5] tells roles of any party from roles of the owners', () => {
    expect(words([ownEditors, anySecretariat], ask([jpn]))).toBe(
      'Only the secretariat, or editors of JPN, may change this. Ask the secretariat.',
    );
    expect(words([ownEditors, anySecretariat], ask([]))).toBe(
      'Only the secretariat may change this. Ask the secretariat.',
    );
  });

  it('[AP5] says what is missing where a record has no owner, or a new one names none', () => {
    expect(words([ownEditors], ask([]))).toContain('No party is named as owner');
    expect(words([ownEditors], ask([], { action: 'create' }))).toBe(
      'A new record must name the party it belongs to. Name your own party.',
    );
  });

  it('[AP5] says so where nobody may', () => {
    expect(words([ownEditors], ask([usa], { action: 'approve' }))).toBe(
      'Nobody changes this here. Ask an administrator.',
    );
  });

  it('[AP4] to read is the same whether the thing is hidden or missing', () => {
    const hidden = decide([], ask([usa], { action: 'read' }));
    const outside = { ...ask([usa]).resource, audience: { everyone: false, parties: [jpn] } };
    expect(hidden).toEqual(decide([ownEditors], { ...ask([usa]), resource: outside }));
  });
});
