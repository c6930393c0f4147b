import { describe, expect, it } from 'vitest';
import type { CompartmentId } from '@lodestone/document-model';
import { id, thing, things, viewOf } from '../testing/fixtures.ts';
import { birthOf } from './birth.ts';
import { draftId, isEmptyDraft, withDraft } from './draft-view.ts';

const compartment = 'public' as CompartmentId;

describe('birthOf', () => {
  it('asks for required fields', () => {
    expect(birthOf(things, { amount: 1, due: null })).toEqual({
      status: 'incomplete',
      missing: [{ en: 'Name', ja: '名称' }],
    });
  });

  it('takes a bilingual text from either side', () => {
    expect(birthOf(things, { nameJa: '鉱山' })).toEqual({
      status: 'complete',
      fields: { nameJa: '鉱山' },
    });
  });
});

describe('a row that is being made', () => {
  it('is listed here only', () => {
    const real = viewOf([thing('a')]);
    const view = withDraft(real);
    let told = 0;
    view.subscribeIds(() => {
      told += 1;
    });

    view.begin(compartment);

    expect(view.ids()).toEqual(['a', draftId]);
    expect(view.ids()).toBe(view.ids());
    expect(real.ids()).toEqual(['a']);
    expect(told).toBe(1);
    expect(isEmptyDraft(view)).toBe(true);
  });

  it('keeps what is put into it until it can be born', () => {
    const real = viewOf([]);
    const view = withDraft(real);
    view.begin(compartment);

    view.act({ edits: [{ record: draftId, field: 'amount', value: 7 }] });
    expect(real.acts).toEqual([]);
    expect(view.record(draftId)?.fields).toEqual({ amount: 7 });
    const outcome = view.act({ edits: [{ record: draftId, field: 'name', value: 'Mine' }] });

    expect(real.acts).toEqual([
      { edits: [], created: [{ compartment, fields: { amount: 7, name: 'Mine' } }] },
    ]);
    expect(outcome).toEqual({ status: 'done', created: real.ids() });
    expect(view.record(draftId)).toBeUndefined();
  });

  it('stays when it could not be made', () => {
    const view = withDraft({
      ...withDraft(viewOf([])),
      act: () => ({
        status: 'denied',
        record: id('x'),
        field: '',
        decision: { effect: 'deny', reason: { en: 'no', ja: '否' }, remedy: { en: '', ja: '' } },
      }),
    });
    view.begin(compartment);

    const outcome = view.act({ edits: [{ record: draftId, field: 'name', value: 'Mine' }] });

    expect(outcome.status).toBe('denied');
    expect(view.ids()).toContain(draftId);
  });

  it('is told to nobody', () => {
    const real = viewOf([]);
    const view = withDraft(real);

    view.stand({ record: draftId, field: 'name' }, { editing: true });

    expect(real.stood?.at).toBeNull();
  });

  it('goes when it is discarded', () => {
    const view = withDraft(viewOf([thing('a')]));
    view.begin(compartment);

    view.discard();

    expect(view.ids()).toEqual(['a']);
  });
});
