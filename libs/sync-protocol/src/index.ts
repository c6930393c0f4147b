/** What travels between a client and the `/sync` namespace. */
export {
  syncEvents,
  syncNamespace,
  type AttributedValue,
  type ClosedEvent,
  type ConflictEvent,
  type OpenAnswer,
  type Opened,
  type PersonPresent,
  type Place,
  type PresenceEvent,
  type Refusal,
  type RefusedChange,
  type RightsEvent,
  type UpdateAnswer,
  type UpdateEvent,
} from './answers.ts';
export { rejectionCodes, type RejectionCode } from './codes.ts';
export {
  largestMessage,
  largestUpdate,
  leaveMessage,
  openMessage,
  presenceMessage,
  protocolVersion,
  readMessage,
  updateMessage,
  type LeaveMessage,
  type OpenMessage,
  type PresenceMessage,
  type ReadMessage,
  type UpdateMessage,
} from './messages.ts';
export { rates } from './rates.ts';
export { rejectionWords } from './rejection-words.ts';
