/** Gives the screens their workspace, and the parts of it that change as values. */
import { createContext, use, useCallback, useSyncExternalStore } from 'react';
import type { RecordId, RegisterRecord } from '@lodestone/document-model';
import type { Peer, RegisterView } from '../registers/register-view.ts';
import type {
  CellConflict,
  OpenWorkspace,
  PersonHere,
  RefusedAct,
  WorkspacePort,
  WorkspaceStatus,
} from './workspace-port.ts';

/** How a workspace is opened: the application is given it from outside. */
export const OpenWorkspaceContext = createContext<OpenWorkspace | null>(null);

export function useOpenWorkspace(): OpenWorkspace {
  const openWorkspace = use(OpenWorkspaceContext);
  if (openWorkspace === null) throw new Error('No workspace can be opened here.');

  return openWorkspace;
}

export const WorkspaceContext = createContext<WorkspacePort | null>(null);

export function useWorkspace(): WorkspacePort {
  const workspace = use(WorkspaceContext);
  if (workspace === null) throw new Error('No workspace is open here.');

  return workspace;
}

export function useWorkspaceStatus(): WorkspaceStatus {
  const workspace = useWorkspace();

  return useSyncExternalStore(
    useCallback((listener) => workspace.subscribeStatus(listener), [workspace]),
    () => workspace.status(),
  );
}

export function usePeople(register: string): readonly PersonHere[] {
  const workspace = useWorkspace();

  return useSyncExternalStore(
    useCallback((listener) => workspace.subscribePeople(register, listener), [workspace, register]),
    () => workspace.people(register),
  );
}

export function useConflicts(): readonly CellConflict[] {
  const workspace = useWorkspace();

  return useSyncExternalStore(
    useCallback((listener) => workspace.subscribeConflicts(listener), [workspace]),
    () => workspace.conflicts(),
  );
}

export function useRefusedActs(): readonly RefusedAct[] {
  const workspace = useWorkspace();

  return useSyncExternalStore(
    useCallback((listener) => workspace.subscribeNotAccepted(listener), [workspace]),
    () => workspace.notAccepted(),
  );
}

/** Whether the register has been read, and how many records it has that are not archived. */
export function useRecordCount(view: RegisterView): number | undefined {
  return useSyncExternalStore(
    useCallback((listener) => view.subscribeIds(listener), [view]),
    () => (view.isReady() ? view.ids().length : undefined),
  );
}

/** The highest marking on screen; it can only change with the list of records. */
export function useHighestMarking(view: RegisterView): string | undefined {
  const workspace = useWorkspace();

  return useSyncExternalStore(
    useCallback((listener) => view.subscribeIds(listener), [view]),
    () => workspace.highestMarking(view.register.name),
  );
}

export function useRecord(view: RegisterView, id: RecordId): RegisterRecord | undefined {
  return useSyncExternalStore(
    useCallback((listener) => view.subscribeRecord(id, listener), [view, id]),
    () => view.record(id),
  );
}

export function usePeersAt(view: RegisterView, id: RecordId): readonly Peer[] {
  return useSyncExternalStore(
    useCallback((listener) => view.subscribePeers(id, listener), [view, id]),
    () => view.peersAt(id),
  );
}
