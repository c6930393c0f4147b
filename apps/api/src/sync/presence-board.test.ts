/** Who stands where: the latest word of each, at most ten times a second, and a word when he goes. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PresenceBoard } from './presence-board.ts';

type Changes = Parameters<ConstructorParameters<typeof PresenceBoard>[0]>[0];

const usa = { session: 'a', user: 'person-a', name: 'Emily', party: 'USA' };
const jpn = { session: 'b', user: 'person-b', name: 'Yuki', party: 'JPN' };
const cell = (record: string) => ({ record, field: 'notes' });

let sent: Changes[];
let board: PresenceBoard;

beforeEach(() => {
  vi.useFakeTimers();
  vi.advanceTimersByTime(1_000);
  sent = [];
  board = new PresenceBoard((changes) => sent.push(changes));
});

afterEach(() => {
  vi.useRealTimers();
});

describe('standing', () => {
  it('is told at once, and what follows at most every 100 ms, each person with his latest place', () => {
    board.stand(usa, cell('one'), false);
    vi.advanceTimersByTime(0);
    for (const record of ['two', 'three', 'four']) board.stand(usa, cell(record), true);
    board.stand(jpn, cell('five'), false);
    vi.advanceTimersByTime(99);
    expect(sent).toEqual([{ people: [{ ...usa, at: cell('one'), editing: false }], gone: [] }]);
    vi.advanceTimersByTime(1);

    expect(sent.slice(1)).toEqual([
      {
        people: [
          { ...usa, at: cell('four'), editing: true },
          { ...jpn, at: cell('five'), editing: false },
        ],
        gone: [],
      },
    ]);
    vi.advanceTimersByTime(1_000);
    expect(sent).toHaveLength(2);
  });

  it('nowhere is no editing', () => {
    board.stand(usa, null, true);

    expect(board.everyone()).toEqual({ people: [{ ...usa, at: null, editing: false }], gone: [] });
  });
});

describe('leaving', () => {
  it('is told once, and who comes later does not see the one who left', () => {
    board.stand(usa, cell('one'), false);
    board.stand(jpn, cell('two'), false);
    vi.advanceTimersByTime(100);
    board.leave('a');
    board.leave('a');
    board.leave('stranger');
    vi.advanceTimersByTime(100);

    expect(sent.at(-1)).toEqual({ people: [], gone: ['a'] });
    expect(sent).toHaveLength(2);
    expect(board.everyone().people.map(({ session }) => session)).toEqual(['b']);
  });

  it('and coming back within the same time is standing', () => {
    board.stand(usa, cell('one'), false);
    vi.advanceTimersByTime(100);
    board.leave('a');
    board.stand(usa, cell('two'), false);
    vi.advanceTimersByTime(100);

    expect(sent.at(-1)).toEqual({
      people: [{ ...usa, at: cell('two'), editing: false }],
      gone: [],
    });
  });

  it('of the document itself sends nothing any more', () => {
    board.stand(usa, cell('one'), false);
    board.close();
    vi.advanceTimersByTime(1_000);

    expect(sent).toEqual([]);
  });
});
