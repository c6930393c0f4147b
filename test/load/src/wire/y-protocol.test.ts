/** Our frames are those that y-protocols writes, and we read those that it writes. */
import * as encoding from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { decodeFrame, encodeAsk, encodeAwareness, encodeUpdate, frameType } from './y-protocol.ts';

function written(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });
}

describe('frames of y-protocols', () => {
  const doc = new Y.Doc();
  doc.getMap('project').set('a', 1);
  const update = Y.encodeStateAsUpdate(doc);

  it('ask for a document and carry an update as its own encoder does', () => {
    const asked = written(frameType.sync, (encoder) => writeSyncStep1(encoder, new Y.Doc()));
    const sent = written(frameType.sync, (encoder) => writeUpdate(encoder, update));

    expect(encodeAsk(undefined)).toEqual(asked);
    expect(encodeUpdate(undefined, update)).toEqual(sent);
  });

  it('tell presence as its own encoder does', () => {
    const awareness = new Awareness(doc);
    const state = { at: { record: 'a', field: 'notes' } };
    awareness.setLocalState(state);
    const clientId = doc.clientID;
    const clock = awareness.meta.get(clientId)?.clock ?? -1;
    const sent = written(frameType.awareness, (encoder) => {
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [clientId]));
    });
    awareness.destroy();

    expect(encodeAwareness(undefined, { clientId, clock, state })).toEqual(sent);
  });

  it('are read with the document in front of them, the state told from an update', () => {
    const state = written(frameType.sync, (encoder) => writeSyncStep2(encoder, doc));

    const read = decodeFrame(undefined, Buffer.from(state));
    const sent = decodeFrame('a/document', Buffer.from(encodeUpdate('a/document', update)));

    expect(read).toEqual({ type: frameType.sync, update, isState: true });
    expect(sent).toEqual({ type: frameType.sync, update, isState: false });
  });
});
