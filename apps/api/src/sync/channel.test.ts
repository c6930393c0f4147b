/** What the subscribers of a document are sent: merged, in order, without an echo, and nothing left out. */
import * as Y from 'yjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Channel } from './channel.ts';
import { systemClock } from './clock.ts';

interface Sent {
  readonly event: string;
  readonly body: { readonly after: number; readonly seq: number; readonly update: Uint8Array };
}

beforeEach(() => {
  vi.useFakeTimers();
  // A process that has just started has sent nothing for long.
  vi.advanceTimersByTime(1_000);
});

afterEach(() => {
  vi.useRealTimers();
});

class Listener {
  readonly sent: Sent[] = [];
  readonly subscriber;

  constructor(id: string, { person = id, clientId = 1, onSend = () => {} } = {}) {
    this.subscriber = {
      session: { id, session: `session-of-${id}`, person },
      clientId,
      send: (event: string, body: object) => {
        this.sent.push({ event, body: body as Sent['body'] });
        onSend();
      },
    };
  }

  /** The ranges it was sent, as `after-seq`. */
  get ranges(): readonly string[] {
    return this.sent.map(({ body: { after, seq } }) => `${String(after)}-${String(seq)}`);
  }

  /** What it would read. */
  get cells(): Record<string, unknown> {
    const document = new Y.Doc();
    for (const { body } of this.sent) Y.applyUpdate(document, body.update);

    return document.getMap('project').toJSON();
  }
}

/** Updates that set one key each, the way one client makes them. */
function updates(...keys: readonly string[]): Uint8Array[] {
  const document = new Y.Doc();
  const made: Uint8Array[] = [];
  document.on('update', (update: Uint8Array) => made.push(update));
  for (const key of keys) document.getMap('project').set(key, key);

  return made;
}

function subscribed(channel: Channel, ...ids: readonly string[]): readonly Listener[] {
  return ids.map((id) => {
    const listener = new Listener(id);
    channel.subscribe(listener.subscriber, 5);

    return listener;
  });
}

/** And what is due at once has been sent. */
function publish(channel: Channel, ...published: Parameters<Channel['publish']>): void {
  channel.publish(...published);
  vi.advanceTimersByTime(0);
}

describe('a tick', () => {
  it('sends a first update at once, then what has come within 12 ms as one', () => {
    const channel = new Channel('allied/project', 5);
    const [b] = subscribed(channel, 'b') as [Listener];
    const [first, second, third] = updates('one', 'two', 'three') as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];

    publish(channel, [first], 6, ['a']);
    expect(b.ranges).toEqual(['5-6']);
    publish(channel, [second], 7, ['a']);
    vi.advanceTimersByTime(11);
    publish(channel, [third], 8, ['c']);
    expect(b.ranges).toEqual(['5-6']);
    vi.advanceTimersByTime(1);

    expect(b.ranges).toEqual(['5-6', '6-8']);
    expect(b.cells).toEqual({ one: 'one', two: 'two', three: 'three' });
    vi.advanceTimersByTime(100);
    expect(b.sent).toHaveLength(2);
  });

  it.each([
    { telling: 1, tick: 12 },
    { telling: 4, tick: 20 },
    { telling: 10, tick: 30 },
  ])('takes $tick ms where telling everybody takes $telling', ({ telling, tick }) => {
    let spent = 0;
    const clock = { ...systemClock, elapsed: () => performance.now() + spent };
    const channel = new Channel('allied/project', 5, clock);
    const slow = new Listener('b', {
      onSend: () => {
        spent += telling;
      },
    });
    channel.subscribe(slow.subscriber, 5);
    publish(channel, updates('1'), 6, ['a']);
    publish(channel, updates('2'), 7, ['a']);

    vi.advanceTimersByTime(tick - telling - 1);
    expect(slow.ranges).toEqual(['5-6']);
    vi.advanceTimersByTime(1);

    expect(slow.ranges).toEqual(['5-6', '6-7']);
  });

  it('is encoded once for everybody', () => {
    const channel = new Channel('allied/project', 5);
    const [b, c] = subscribed(channel, 'b', 'c') as [Listener, Listener];

    publish(channel, updates('1', '2'), 7, ['a']);

    const [forB, forC] = [b, c].map(({ sent }) => sent[0]?.body.update);
    expect(forB?.buffer).toBe(forC?.buffer);
  });
});

describe('an echo', () => {
  it('is not sent to the socket that alone wrote what the tick holds; its chain goes on from before', () => {
    const channel = new Channel('allied/project', 5);
    const [a, b] = subscribed(channel, 'a', 'b') as [Listener, Listener];

    publish(channel, updates('mine'), 6, ['a']);
    vi.advanceTimersByTime(20);
    publish(channel, updates('theirs'), 7, ['b']);

    expect(a.ranges).toEqual(['5-7']);
    expect(b.ranges).toEqual(['5-6']);
    expect(channel.sentTo('a')).toBe(7);
    expect(channel.sentTo('b')).toBe(6);
  });

  it('is sent where the tick holds something of somebody else, too', () => {
    const channel = new Channel('allied/project', 5);
    const [a, b] = subscribed(channel, 'a', 'b') as [Listener, Listener];
    publish(channel, updates('before'), 6, ['c']);
    publish(channel, updates('mine'), 7, ['a']);
    publish(channel, updates('theirs'), 8, ['b']);
    vi.advanceTimersByTime(20);

    expect(a.cells).toMatchObject({ mine: 'mine', theirs: 'theirs' });
    expect(b.cells).toMatchObject({ mine: 'mine', theirs: 'theirs' });
  });

  it('is sent where the tick holds something that was written on another node', () => {
    const channel = new Channel('allied/project', 5);
    const [a] = subscribed(channel, 'a') as [Listener];
    publish(channel, updates('before'), 6, ['c']);
    publish(channel, updates('elsewhere'), 7, []);
    publish(channel, updates('mine'), 8, ['a']);
    vi.advanceTimersByTime(20);

    expect(a.cells).toHaveProperty('elsewhere');
    expect(a.ranges).toEqual(['5-6', '6-8']);
  });
});

describe('a subscriber', () => {
  it('who joins between two ticks is sent nothing that he holds', () => {
    const channel = new Channel('allied/project', 5);
    const [b] = subscribed(channel, 'b') as [Listener];
    publish(channel, updates('one'), 6, ['a']);
    publish(channel, updates('two'), 7, ['a']);
    const late = new Listener('late');

    channel.flush();
    channel.subscribe(late.subscriber, 7);
    publish(channel, updates('three'), 8, ['a']);
    vi.advanceTimersByTime(20);

    expect(late.ranges).toEqual(['7-8']);
    expect(b.ranges).toEqual(['5-6', '6-7', '7-8']);
  });

  it('who has left is sent nothing, and his client id is free', () => {
    const channel = new Channel('allied/project', 5);
    const [b] = subscribed(channel, 'b') as [Listener];
    expect(channel.holdsClientId(1)).toBe(true);
    publish(channel, updates('one'), 6, ['a']);
    publish(channel, updates('two'), 7, ['a']);

    channel.unsubscribe('b');
    vi.advanceTimersByTime(20);

    expect(b.ranges).toEqual(['5-6']);
    expect([channel.holdsClientId(1), channel.isEmpty, channel.servedSeq]).toEqual([
      false,
      true,
      7,
    ]);
  });

  it('is told of conflicts at every socket of the people in them, and at no other', () => {
    const channel = new Channel('allied/project', 5);
    const [here, there, other] = [
      new Listener('1', { person: 'usa' }),
      new Listener('2', { person: 'usa' }),
      new Listener('3', { person: 'aus' }),
    ];
    for (const { subscriber } of [here, there, other]) channel.subscribe(subscriber, 5);

    channel.notify(['usa', 'jpn'], {
      ...{ document: 'allied/project', seq: 6, record: 'mine', field: 'notes' },
      kept: { value: 1, user: 'usa' },
      other: { value: 2, user: 'jpn' },
    });

    expect([here, there, other].map(({ sent }) => sent.length)).toEqual([1, 1, 0]);
  });
});

describe('a reader who is behind', () => {
  function slowReader(channel: Channel) {
    const slow = new Listener('slow');
    let isBehind = false;
    const subscriber = { ...slow.subscriber, isBehind: () => isBehind };
    channel.subscribe(subscriber, 5);

    return {
      ...{ slow, subscriber },
      fallBehind: () => (isBehind = true),
      catchUp: () => {
        isBehind = false;
        channel.resume('slow');
      },
    };
  }

  it('is sent nothing, then one event whose gap makes him open again, then nothing until he has', () => {
    const channel = new Channel('allied/project', 5);
    const [other] = subscribed(channel, 'other');
    const { slow, subscriber, fallBehind, catchUp } = slowReader(channel);
    const [a, b, c, d] = updates('a', 'b', 'c', 'd') as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const publish = (update: Uint8Array, seq: number) => {
      channel.publish([update], seq, ['author']);
      vi.advanceTimersByTime(50);
    };
    publish(a, 6);
    fallBehind();
    publish(b, 7);
    expect(slow.ranges).toEqual(['5-6']);

    catchUp();
    publish(c, 8);

    expect(slow.ranges).toEqual(['5-6', '7-7']);
    expect(slow.cells).toEqual({ a: 'a' });
    expect(channel.sentTo('slow')).toBe(6);
    channel.subscribe(subscriber, 8);
    publish(d, 9);
    expect(slow.ranges).toEqual(['5-6', '7-7', '8-9']);
    expect(other?.ranges).toEqual(['5-6', '6-7', '7-8', '8-9']);
  });

  it('misses presence, and is told who is there and who left when he has caught up', () => {
    const channel = new Channel('allied/project', 5);
    const { slow, fallBehind, catchUp } = slowReader(channel);
    const stand = (session: string) => {
      const who = { session, user: session, name: session, party: 'USA' };
      channel.presence.stand(who, { record: 'r', field: 'name' }, false);
      vi.advanceTimersByTime(200);
    };
    stand('a');
    fallBehind();
    stand('b');
    stand('c');
    channel.presence.leave('a');
    channel.presence.leave('b');
    vi.advanceTimersByTime(200);
    expect(slow.sent).toHaveLength(1);

    catchUp();

    expect(slow.sent).toHaveLength(2);
    expect(slow.sent[1]).toMatchObject({
      event: 'presence',
      body: { people: [{ session: 'c' }], gone: ['a', 'b'] },
    });
  });
});

describe('a generation that ends', () => {
  it('is told after everything that belongs to it, and to nobody twice', () => {
    const channel = new Channel('allied/project', 5);
    const [a, b] = subscribed(channel, 'a', 'b') as [Listener, Listener];
    const [first, second, third] = updates('one', 'two', 'three') as [
      Uint8Array,
      Uint8Array,
      Uint8Array,
    ];
    const start = { generation: 2, hash: 'of its bytes' };
    publish(channel, [first], 6, ['a']);
    publish(channel, [second], 7, ['a']);

    channel.endGeneration({ document: 'allied/project', seq: 8, start });
    publish(channel, [third], 9, []);
    vi.advanceTimersByTime(1_000);

    expect(a.sent.map(({ event }) => event)).toEqual(['closed']);
    expect(b.sent.map(({ event }) => event)).toEqual(['update', 'update', 'closed']);
    expect(b.ranges.slice(0, 2)).toEqual(['5-6', '6-7']);
    expect(b.sent.at(-1)?.body).toEqual({
      ...{ document: 'allied/project', code: 'generation', seq: 8, ...start },
    });
    expect(channel.holdsClientId(1)).toBe(false);
    expect(channel.servedSeq).toBe(9);
  });
});
