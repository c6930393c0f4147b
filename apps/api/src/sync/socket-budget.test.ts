/** What one connection may ask, what all of one person may, and that honest work is far from either. */
import { describe, expect, it } from 'vitest';
import { bounds, PersonBudget, SocketBudget } from './socket-budget.ts';

function signedIn(person = new PersonBudget(0)): SocketBudget {
  const budget = new SocketBudget(0);
  budget.belongTo(person);

  return budget;
}

/** How many of these are let pass, sent evenly over a time. */
function passed(count: number, overMs: number, take: (now: number) => boolean): number {
  let sum = 0;
  for (let at = 0; at < count; at += 1) sum += Number(take((at / count) * overMs));

  return sum;
}

describe('honest work', () => {
  it('of an offline client that sends 3,000 edits of 100 bytes as fast as it can is never held up', () => {
    const budget = signedIn();

    expect(
      passed(3_000, 300, (now) => budget.takeUpdate(100, now) && budget.takeFrame(200, now)),
    ).toBe(3_000);
  });

  it('of a load generator with 40 sockets of one person at 100 updates a second each is never held up', () => {
    const person = new PersonBudget(0);
    const sockets = Array.from({ length: 40 }, () => signedIn(person));

    const count = passed(40_000, 10_000, (now) => {
      const socket = sockets[Math.round(now * 4) % sockets.length] as SocketBudget;

      return socket.takeUpdate(110, now);
    });

    expect(count).toBe(40_000);
  });

  it('of a person whose 1,000 sockets come back at once and open two documents each is never held up', () => {
    const person = new PersonBudget(0);

    for (let at = 0; at < 1_000; at += 1) {
      const budget = signedIn(person);
      expect(budget.takeOpen(at) && budget.takeOpen(at)).toBe(true);
    }
  });
});

describe('a flood', () => {
  it('of updates passes at the rate and no faster', () => {
    const budget = signedIn();
    const { perSecond, burst } = bounds.updates.connection;
    const count = passed(200_000, 10_000, (now) => budget.takeUpdate(30, now));

    expect(count).toBeGreaterThan(burst + 9 * perSecond);
    expect(count).toBeLessThanOrEqual(burst + 10 * perSecond);
  });

  it('of large updates passes by their bytes', () => {
    const budget = signedIn();
    const { perSecond, burst } = bounds.updateBytes.connection;
    const size = 256 * 1024;
    const count = passed(5_000, 10_000, (now) => budget.takeUpdate(size, now));

    expect(count * size).toBeLessThanOrEqual(burst + 10 * perSecond);
  });

  it('from many sockets of one person is not many times as much', () => {
    const person = new PersonBudget(0);
    const sockets = Array.from({ length: 1_000 }, () => signedIn(person));
    const { perSecond, burst } = bounds.updates.person;
    const count = passed(1_000_000, 1_000, (now) => {
      const socket = sockets[Math.floor(now * 1_000) % sockets.length] as SocketBudget;

      return socket.takeUpdate(30, now);
    });

    expect(count).toBeLessThanOrEqual(burst + perSecond);
  });

  it('of frames ends the connection, and sooner one that has not said who it is', () => {
    const [known, unknown] = [signedIn(), new SocketBudget(0)];

    expect(passed(20_000, 100, (now) => known.takeFrame(20, now))).toBeLessThan(11_000);
    expect(passed(20_000, 100, (now) => unknown.takeFrame(20, now))).toBeLessThan(25);
  });

  it('of openings is bounded by what they are answered with', () => {
    const budget = signedIn();
    let opened = 0;
    for (let now = 0; now < 10_000; now += 10) {
      if (!budget.takeOpen(now)) continue;
      opened += 1;
      budget.chargeOpened(4 * 1024 * 1024, now);
    }

    expect(opened * 4).toBeLessThan(150);
  });
});

describe('a person', () => {
  it('is forgotten when he has left and his budget is whole again', () => {
    const person = new PersonBudget(0);
    person.connections = 1;
    const budget = signedIn(person);
    budget.takeUpdate(1, 0);

    expect(person.isUnused(60_000)).toBe(false);
    person.connections = 0;
    expect(person.isUnused(0)).toBe(false);
    expect(person.isUnused(60_000)).toBe(true);
  });
});
