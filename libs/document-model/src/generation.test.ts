/** Generations of documents that stand at their limits. */
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { largestBirth } from './birth.ts';
import { encodeGeneration, generationClientId, generationHash } from './generation.ts';
import { RegisterRecords } from './records.ts';
import { project } from './registers/project.ts';

function recordsIn(bytes: Uint8Array): RegisterRecords {
  const document = new Y.Doc();
  Y.applyUpdate(document, bytes);

  return new RegisterRecords(project, document.getMap(project.name));
}

describe('encodeGeneration', () => {
  it('[DM36] keeps a record whose cells have outgrown the limit of a birth', () => {
    const text = '鉱'.repeat(16_384);
    const fields = ['sponsors', 'status', 'notes', 'nameJa', 'statusJa', 'notesJa'];
    const cells = new Map<string, unknown>([
      ['r', { name: 'Nolans' }],
      ...fields.map((field) => [`r/${field}`, text] as const),
    ]);

    const bytes = encodeGeneration(project, cells);

    expect(bytes.length).toBeGreaterThan(largestBirth);
    const known = fields.filter((field) => Object.hasOwn(project.fields, field));
    expect(recordsIn(bytes).get('r')?.fields).toEqual({
      name: 'Nolans',
      ...Object.fromEntries(known.map((field) => [field, text])),
    });
  });

  it('[DM35] is these bytes: a change of them is a change of the protocol', () => {
    const cells = new Map<string, unknown>([
      ['nolans', { name: 'Nolans', parties: ['USA', 'JPN'] }],
      ['nolans/parties/USA', false],
      ['nolans/place', { lon: 133.25, lat: -22.5 }],
      ['nolans/notes', null],
      ['aclara', { name: 'Carina' }],
      ['nolans/later', { b: 1, a: 2 }],
      ['nolans/laterSet/B', true],
      ['nolans/laterSet/A', true],
      ['unborn/name', 'nobody'],
    ]);

    const bytes = encodeGeneration(project, cells);

    const document = new Y.Doc();
    Y.applyUpdate(document, bytes);
    expect(JSON.stringify(document.getMap(project.name).get('nolans'))).toBe(
      '{"later":{"a":2,"b":1},"laterSet":["A","B"],"name":"Nolans","parties":["JPN"],' +
        '"place":{"lat":-22.5,"lon":133.25}}',
    );
    expect(generationHash(bytes)).toBe(
      '2514c1f59854cc8bab11c99f4241dd60bad4b589552b551bef9054649d563bd7',
    );
    expect(Y.decodeUpdate(bytes).structs.map(({ id }) => id)).toEqual([
      { client: generationClientId, clock: 0 },
      { client: generationClientId, clock: 1 },
    ]);
  });

  it('[DM36] an empty document has an empty generation', () => {
    expect(encodeGeneration(project, new Map())).toEqual(new Uint8Array([0, 0]));
  });
});
