import { describe, expect, it } from 'vitest';
import type { Value } from '@lodestone/document-model';
import { columnShowing, everyColumn } from '../columns/column.ts';
import { denied, id, thing, things, viewOf } from '../testing/fixtures.ts';
import { beginEdit, moveHighlight, readEdit, tick, typeText, type Edit } from './edit.ts';
import { filterOptions, optionsFor } from './options.ts';

const view = viewOf([thing('a')], {
  decide: (_id, _field, to) => (to === 'done' ? denied : { effect: 'permit', rule: 'test' }),
});
const around = view.around();

function begin(field: string, before: Value, how: 'replace' | 'open' = 'open'): Edit {
  const column = columnShowing(everyColumn(things, 'en'), field);
  if (column === undefined) throw new Error(`no column ${field}`);
  const options = optionsFor(column.declared, { record: id('a'), field, language: 'en' }, view);

  return beginEdit({ record: id('a'), column, how, before, options }, around);
}

describe('a cell that is typed', () => {
  it('opens with its text, and is unchanged until something is typed', () => {
    const edit = begin('amount', 1200);

    expect(edit.text).toBe('1,200');
    expect(readEdit(edit, around)).toEqual({ status: 'unchanged' });
  });

  it('reads what was typed', () => {
    expect(readEdit(typeText(begin('amount', 1), '１２３'), around)).toEqual({
      status: 'value',
      value: 123,
    });
  });

  it('is unchanged where the same value was typed in another form', () => {
    expect(readEdit(typeText(begin('amount', 1200), '1200'), around)).toEqual({
      status: 'unchanged',
    });
  });

  it('is emptied by an empty text, unless it may not be', () => {
    expect(readEdit(typeText(begin('amount', 5), ''), around)).toEqual({
      status: 'value',
      value: null,
    });
    expect(readEdit(typeText(begin('name', 'a'), ' '), around).status).toBe('invalid');
  });

  it('says why it does not parse', () => {
    const reading = readEdit(typeText(begin('due', null, 'replace'), 'soon'), around);

    expect(reading).toMatchObject({ status: 'invalid' });
    expect(reading.status === 'invalid' && reading.problem.en).toContain('must be a date');
  });
});

describe('a cell whose values are listed', () => {
  it('opens on its value, and takes the one moved to', () => {
    const edit = begin('party', 'AUS');

    expect(edit.list?.highlighted).toBe(0);
    expect(readEdit(edit, around)).toEqual({ status: 'unchanged' });
    expect(readEdit(moveHighlight(edit, 1), around)).toEqual({ status: 'value', value: 'JPN' });
  });

  it('narrows as one types, and takes the likeliest', () => {
    const edit = typeText(begin('party', 'AUS'), 'jap');

    expect(edit.list?.shown.map(({ key }) => key)).toEqual(['JPN']);
    expect(readEdit(edit, around)).toEqual({ status: 'value', value: 'JPN' });
  });

  it('is emptied by erasing its text', () => {
    expect(readEdit(typeText(begin('party', 'AUS'), ''), around)).toEqual({
      status: 'value',
      value: null,
    });
  });

  it('takes nothing that is in no list', () => {
    expect(readEdit(typeText(begin('party', null, 'replace'), 'Atlantis'), around).status).toBe(
      'invalid',
    );
  });

  it('does not take a state that is closed now, and says why', () => {
    const edit = moveHighlight(begin('state', 'open'), 1);

    expect(edit.list?.all.map((option) => option.denied?.en)).toEqual([undefined, 'Not yours.']);
    expect(readEdit(edit, around)).toMatchObject({
      status: 'invalid',
      problem: { en: 'Not yours.' },
    });
  });

  it('does not move beyond its ends', () => {
    const edit = begin('party', 'AUS');

    expect(moveHighlight(edit, -3).list?.highlighted).toBe(0);
    expect(moveHighlight(edit, 9).list?.highlighted).toBe(1);
  });
});

describe('a set', () => {
  it('keeps its elements while one searches, and ticks', () => {
    const edit = tick(typeText(begin('tags', ['red'], 'replace'), 'blu'), 'blue');

    expect(edit.text).toBe('');
    expect(readEdit(edit, around)).toEqual({ status: 'value', value: ['blue', 'red'] });
  });

  it('is empty when nothing is ticked, and unchanged when the same is', () => {
    const edit = begin('tags', ['red']);

    expect(readEdit(tick(edit, 'red'), around)).toEqual({ status: 'value', value: null });
    expect(readEdit(tick(tick(edit, 'red'), 'red'), around)).toEqual({ status: 'unchanged' });
  });

  it('takes a typed list too', () => {
    expect(readEdit(typeText(begin('tags', null), 'Red; 青'), around)).toEqual({
      status: 'value',
      value: ['blue', 'red'],
    });
  });
});

describe('filterOptions', () => {
  it('puts the whole name first, then its beginning, then any part', () => {
    const option = (key: string) => ({ key, value: key, label: key, names: [key] });
    const options = ['pre-feasible', 'feasible study', 'feasible', 'other'].map(option);

    expect(filterOptions(options, 'Feasible').map(({ key }) => key)).toEqual([
      'feasible',
      'feasible study',
      'pre-feasible',
    ]);
  });
});
