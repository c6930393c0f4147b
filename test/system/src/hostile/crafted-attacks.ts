/**
 * What a hostile update does to a bare Yjs document (security notes, 1.2), aimed at a record that the attacker may not
 * edit (`theirs`) and at one that he may (`mine`).
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { Attacker } from './attacker.ts';

type Attack = (by: Attacker) => Uint8Array;

const theirs = 'theirs/notes';
const mine = 'mine/notes';
const nobody = 0x7fff_fff0;

/** One item of a kind that no cell has. */
function ofKind(kind: number, content: (encoder: encoding.Encoder) => void): Attack {
  return (by) => by.craft({ items: [{ info: kind | 32, key: mine, content }] });
}

function nestedMaps(by: Attacker, depth: number): Uint8Array {
  const document = new Y.Doc();
  document.clientID = by.clientId;
  let map = document.getMap(by.root);
  document.transact(() => {
    for (let left = depth; left > 0; left -= 1) {
      const next = new Y.Map<unknown>();
      map.set('mine', next);
      map = next;
    }
  });

  return Y.encodeStateAsUpdate(document);
}

function deleteAll(by: Attacker): Uint8Array {
  const deletes = [...by.document.store.clients].map(
    ([client, structs]) =>
      [client, ...structs.map(({ id, length }) => [id.clock, length] as const)] as const,
  );

  return by.craft({ deletes });
}

export const attacks: Readonly<Record<string, Attack>> = {
  'overwrites a foreign cell by its key': (by) =>
    by.craft({ items: [{ key: theirs, value: 'x' }] }),
  'overwrites a foreign cell through origin': (by) =>
    by.craft({ items: [{ origin: by.idOf(theirs), value: 'x' }] }),
  'overwrites a foreign cell through the right neighbour': (by) =>
    by.craft({ items: [{ rightOrigin: by.idOf(theirs), value: 'x' }] }),
  'erases a foreign cell with a delete range': (by) => {
    const [client, clock] = by.idOf(theirs);

    return by.craft({ deletes: [[client, [clock, 1]]] });
  },
  'erases a foreign cell with a tombstone beside it': (by) =>
    by.craft({ items: [{ origin: by.idOf(theirs), tombstone: 1 }] }),
  'erases his own cell with a tombstone': (by) =>
    by.craft({ items: [{ key: mine, tombstone: 1 }] }),
  'deletes everything': deleteAll,
  'replaces a foreign record whole': (by) =>
    by.craft({ items: [{ origin: by.idOf('theirs'), value: { name: 'X', parties: ['USA'] } }] }),
  'gives birth to a record again': (by) =>
    by.craft({ items: [{ key: 'mine', value: { name: 'X', parties: ['USA', 'JPN'] } }] }),
  'makes himself an owner first': (by) =>
    by.craft({
      items: [
        { key: 'theirs/parties/USA', value: true },
        { origin: by.idOf(theirs), value: 'x' },
      ],
    }),
  'writes two values on one key': ofKind(8, (encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeAny(encoder, 'good');
    encoding.writeAny(encoder, 7);
  }),
  'writes a bigint': (by) => by.craft({ items: [{ key: mine, value: 10n }] }),
  'writes NaN': (by) => by.craft({ items: [{ key: 'mine/stage', value: Number.NaN }] }),
  'writes U+0000': (by) => by.craft({ items: [{ key: mine, value: 'a\0b' }] }),
  'writes undefined': (by) => by.craft({ items: [{ key: mine, value: undefined }] }),
  'sets a prototype by a value': (by) =>
    by.craft({
      items: [
        { key: 'fresh', value: JSON.parse('{"name":"R","__proto__":{"isAdmin":true}}') as unknown },
      ],
    }),
  'sets a prototype by a key': (by) =>
    by.craft({ items: [{ key: '__proto__', value: { name: 'R' } }] }),
  'sets a prototype by a part of a key': (by) =>
    by.craft({ items: [{ key: 'mine/__proto__', value: 'x' }] }),
  'makes another root': (by) => by.craft({ items: [{ root: 'other', key: 'mine', value: 1 }] }),
  'writes as somebody else': (by) => {
    const [clientId] = by.idOf(theirs);
    const clock = Y.getState(by.document.store, clientId);

    return by.craft({ clientId, clock, items: [{ key: mine, value: 'x' }] });
  },
  'writes as nobody': (by) =>
    by.craft({ clientId: nobody, clock: 0, items: [{ key: mine, value: 'x' }] }),
  'burns a colleague’s clock with a GC struct': (by) => {
    const [clientId] = by.idOf(theirs);
    const content = (encoder: encoding.Encoder) => {
      encoding.writeVarUint(encoder, 2 ** 40);
    };

    return by.craft({
      clientId,
      clock: Y.getState(by.document.store, clientId),
      items: [{ info: 0, content }],
    });
  },
  'burns his own clock with a tombstone': (by) =>
    by.craft({ items: [{ key: mine, tombstone: 2 ** 40 }] }),
  'deletes a colleague’s future edits': (by) => {
    const [client] = by.idOf(theirs);

    return by.craft({ deletes: [[client, [Y.getState(by.document.store, client), 1_000]]] });
  },
  'leaves a gap': (by) => by.craft({ clock: by.clock + 5, items: [{ key: mine, value: 'x' }] }),
  'names a neighbour that is not there': (by) =>
    by.craft({ items: [{ origin: [nobody, 3], value: 'x' }] }),
  'names itself as neighbour': (by) =>
    by.craft({ items: [{ origin: [by.clientId, by.clock], value: 'x' }] }),
  'names a later item as neighbour': (by) =>
    by.craft({
      items: [
        { origin: [by.clientId, by.clock + 1], value: 'x' },
        { key: mine, value: 'y' },
      ],
    }),
  'fails in the middle': (by) =>
    by.craft({
      items: [
        { key: mine, value: 'PARTIAL' },
        { origin: [by.clientId, by.clock + 7], value: 'x' },
      ],
    }),
  skips: ofKind(10, (encoder) => {
    encoding.writeVarUint(encoder, 3);
  }),
  'writes an item of no length': (by) => by.craft({ items: [{ key: mine, tombstone: 0 }] }),
  'nests 20,000 maps': (by) => nestedMaps(by, 20_000),
  'embeds a document': ofKind(9, (encoder) => {
    encoding.writeVarString(encoder, 'guid');
    encoding.writeAny(encoder, { autoLoad: true });
  }),
  'embeds binary': ofKind(3, (encoder) => {
    encoding.writeVarUint8Array(encoder, new Uint8Array(16));
  }),
  'embeds text of the old form': ofKind(2, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, '{"__proto__":1}');
  }),
  'makes Yjs search': (by) =>
    by.craft({ items: Array.from({ length: 5_000 }, () => ({ key: mine, value: 'x' })) }),
  'promises items that are not there': () => Uint8Array.of(1, 0x80, 0x80, 0x80, 0x20, 1, 0, 0),
  'promises a text that is not there': (by) =>
    by.craft({
      items: [
        {
          info: 8 | 32,
          key: mine,
          content: (encoder) => {
            encoding.writeVarUint(encoder, 1);
            encoding.writeUint8(encoder, 119);
            encoding.writeVarUint(encoder, 2 ** 31);
          },
        },
      ],
    }),
  'nests 10,000 lists': ofKind(8, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    for (let left = 10_000; left > 0; left -= 1) {
      encoding.writeUint8(encoder, 117);
      encoding.writeVarUint(encoder, 1);
    }
    encoding.writeUint8(encoder, 126);
  }),
  'goes on after the end': (by) =>
    by.craft({ items: [{ key: mine, value: 'x' }], trailing: Uint8Array.of(0, 1, 2) }),
  'has two sections of one client': (by) => {
    const one = by.craft({ items: [{ key: mine, value: 'x' }] });

    return Uint8Array.from([2, ...one.slice(1, -1), ...one.slice(1, -1), 0]);
  },
  'is in the second encoding': (by) => {
    const document = new Y.Doc();
    document.clientID = by.clientId;
    document.getMap(by.root).set('fresh', { name: 'R', parties: ['USA'] });

    return Y.encodeStateAsUpdateV2(document);
  },
  'is a bomb in the second encoding': () =>
    Uint8Array.of(0, 0, 6, 255, 255, 255, 255, 15, 1, 0, 0, 0, 0, 0),
  'is 256 KiB of nothing': () => new Uint8Array(262_144),
  'is 256 KiB of 0xff': () => new Uint8Array(262_144).fill(255),
};
