/** Which action an edit is, and whose record. */
import { findRegister, register, type Register } from '@lodestone/document-model';
import { describe, expect, it } from 'vitest';
import { actionOf, actionsOfBirth, ownersOf } from './cell-access.ts';

const project = findRegister('project') as Register;

describe('the action', () => {
  it('[AP10] of setting any field but the lifecycle’s is an update, archiving too', () => {
    expect(actionOf(project, 'name', { from: 'a', to: 'b' })).toBe('update');
    expect(actionOf(project, 'archived', { from: null, to: true })).toBe('update');
    const source = findRegister('source') as Register;
    expect(actionOf(source, 'state', { from: null, to: 'x' })).toBe('update');
  });

  it.each([
    ['candidate', 'screened', 'move'],
    ['screened', 'joint_priority', 'approve'],
    ['joint_priority', 'active', 'move'],
    ['joint_priority', 'dropped', 'approve'],
    ['candidate', 'joint_priority', undefined],
    ['candidate', 'no_such_state', undefined],
    ['candidate', null, undefined],
    ['no_such_state', 'candidate', undefined],
    ['constructor', 'candidate', undefined],
    ['active', 'active', 'move'],
  ] as const)('[AP10] of the lifecycle from %s to %s is %s', (from, to, action) => {
    expect(actionOf(project, 'state', { from, to })).toBe(action);
  });
});

describe('a record without a state', () => {
  it.each([
    ['candidate', 'move'],
    ['screened', 'move'],
    ['dropped', 'move'],
    ['joint_priority', 'approve'],
    ['active', 'approve'],
    ['completed', 'approve'],
  ] as const)('[AP12] is given the state %s by %s', (to, action) => {
    expect(actionOf(project, 'state', { from: null, to })).toBe(action);
  });

  it('[AP12] is made behind an approval by an approval', () => {
    expect(actionsOfBirth(project, { name: 'a' })).toEqual(['create']);
    expect(actionsOfBirth(project, { name: 'a', state: 'screened' })).toEqual(['create']);
    expect(actionsOfBirth(project, { name: 'a', state: 'active' })).toEqual(['create', 'approve']);
  });
});

describe('the owners', () => {
  const ofValues = (values: Record<string, unknown>, of: Register = project) =>
    ownersOf(of, (field) => values[field] as never);

  it('[AP11] are the parties in the owner fields, single or as sets', () => {
    expect(ofValues({ parties: ['USA', 'JPN'], country: 'AUS' })).toEqual(['USA', 'JPN']);
    const shared = register('shared', {
      ...project,
      owners: ['seller', 'buyers'],
      fields: {},
    });
    expect(ofValues({ seller: 'AUS', buyers: ['JPN', 'AUS'] }, shared)).toEqual(['AUS', 'JPN']);
  });

  it('[AP11] are nobody where the fields are empty or hold something else', () => {
    for (const parties of [null, undefined, [], 'usa', ['US'], 7, [{}]]) {
      expect(ofValues({ parties })).toEqual([]);
    }
  });
});
