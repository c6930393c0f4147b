/** Gives the screens the session and the HTTP interface. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { ApiClient } from './api-client.ts';
import type { Session, SessionStore } from './session-store.ts';

export interface SessionAccess {
  readonly store: SessionStore;
  readonly api: ApiClient;
}

export const SessionContext = createContext<SessionAccess | null>(null);

export function useSessionAccess(): SessionAccess {
  const access = use(SessionContext);
  if (access === null) throw new Error('There is no session here.');

  return access;
}

export function useSession(): Session {
  const { store } = useSessionAccess();

  return useSyncExternalStore(store.subscribe, store.get);
}
