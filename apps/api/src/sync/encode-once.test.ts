/** A message that goes to many sockets is encoded once; two messages are never taken for one. */
import parser from 'socket.io-msgpack-parser';
import { expect, it } from 'vitest';
import { EncodeOnce } from './encode-once.ts';

const encoder = new EncodeOnce();
const event = (body: object, name = 'update') => ({ type: 2, nsp: '/sync', data: [name, body] });

it('gives the same bytes for the same body, and those of the parser', () => {
  const body = { document: 'allied/project', seq: 7 };

  expect(encoder.encode(event(body))).toBe(encoder.encode(event(body)));
  expect(encoder.encode(event(body))).toEqual(new parser.Encoder().encode(event(body)));
});

it('tells bodies apart that look alike or come one after another', () => {
  const [one, two] = [{ seq: 1 }, { seq: 2 }];
  encoder.encode(event(one));

  expect(encoder.encode(event(two))).toEqual(new parser.Encoder().encode(event(two)));
  expect(encoder.encode(event({ seq: 1 }))).not.toBe(encoder.encode(event(one)));
});

it('remembers no answer: the same words may answer two questions', () => {
  const body = { status: 'committed', seq: 7 };
  const answer = (id: number) => ({ type: 3, nsp: '/sync', id, data: [body] });

  expect(encoder.encode(answer(1))).not.toEqual(encoder.encode(answer(2)));
});
