/** The frames that Hocuspocus and y-websocket share: y-protocols' sync and awareness, the former with a document's name. */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

export const frameType = { sync: 0, awareness: 1, auth: 2, syncReply: 4, syncStatus: 8 } as const;
const syncStep = { ask: 0, state: 1, update: 2 } as const;
/** The state vector of somebody who has nothing. */
const nothing = new Uint8Array([0]);

/** What stands before the type: Hocuspocus has the document there, y-websocket nothing. */
export type Address = string | undefined;

export function encodeAsk(address: Address): Uint8Array {
  return encodeSync(address, syncStep.ask, nothing);
}

export function encodeUpdate(address: Address, update: Uint8Array): Uint8Array {
  return encodeSync(address, syncStep.update, update);
}

export function encodeAuth(address: Address, version: string): Uint8Array {
  return encodeFrame(address, frameType.auth, (encoder) => {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, 'token');
    encoding.writeVarString(encoder, version);
  });
}

/** One person's presence as y-protocols has it: client id, clock, and the state as JSON. */
export function encodeAwareness(
  address: Address,
  presence: { readonly clientId: number; readonly clock: number; readonly state: object },
): Uint8Array {
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, presence.clientId);
    encoding.writeVarUint(encoder, presence.clock);
    encoding.writeVarString(encoder, JSON.stringify(presence.state));
  });

  return encodeFrame(address, frameType.awareness, (encoder) => {
    encoding.writeVarUint8Array(encoder, update);
  });
}

export interface Frame {
  readonly type: number;
  /** The document's state, or an update of it. */
  readonly update?: Uint8Array;
  /** It answers the question for the whole document. */
  readonly isState: boolean;
}

export function decodeFrame(address: Address, frame: Buffer): Frame {
  const decoder = decoding.createDecoder(frame);
  if (address !== undefined) decoding.readVarString(decoder);
  const type = decoding.readVarUint(decoder);
  if (type !== frameType.sync && type !== frameType.syncReply) return { type, isState: false };
  const step = decoding.readVarUint(decoder);
  if (step === syncStep.ask) return { type, isState: false };

  return {
    type,
    update: decoding.readVarUint8Array(decoder),
    isState: step === syncStep.state,
  };
}

function encodeSync(address: Address, step: number, bytes: Uint8Array): Uint8Array {
  return encodeFrame(address, frameType.sync, (encoder) => {
    encoding.writeVarUint(encoder, step);
    encoding.writeVarUint8Array(encoder, bytes);
  });
}

function encodeFrame(
  address: Address,
  type: number,
  write: (encoder: encoding.Encoder) => void,
): Uint8Array {
  return encoding.encode((encoder) => {
    if (address !== undefined) encoding.writeVarString(encoder, address);
    encoding.writeVarUint(encoder, type);
    write(encoder);
  });
}
