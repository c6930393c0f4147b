/** The client's end of a workspace: documents over Socket.IO, with an outbox that survives. */
export {
  createWorkspaceClient,
  WorkspaceClient,
  type ActHandle,
  type ActPart,
  type WorkspaceClientOptions,
} from './client.ts';
export type { ConnectionStatus, Patience } from './connection.ts';
export type { DeviceStore } from './device-store/device-store.ts';
export { IndexedDbDeviceStore } from './device-store/indexed-db-device-store.ts';
export { openDeviceStore } from './device-store/open-device-store.ts';
export type { DeviceHealth } from './device-store/journal.ts';
export { MemoryDeviceStore } from './device-store/memory-device-store.ts';
export {
  SyncDocument,
  type DocumentState,
  type EditHandle,
  type EditOptions,
  type EditOutcome,
  type KeptEdit,
} from './document.ts';
export type { Listener, Unsubscribe } from './listeners.ts';
export type { CheckedPlace, IntentCheck, IntentVerdict } from './local-check.ts';
export type { Standing } from './presence.ts';
export { newId, webRandom, type Random } from './random-ids.ts';
export { InProcessSlotLocks, WebSlotLocks, type Release, type SlotLocks } from './slot.ts';
export type { StatusWord, WorkspaceStatus } from './status.ts';
export type { RetryOutcome, Tray } from './tray.ts';
export type { NotAccepted, NotAcceptedChange, TrayCode, TrayItem } from './tray-item.ts';
export type { ChangedPlace, UndoOutcome, UndoStack } from './undo-stack.ts';
