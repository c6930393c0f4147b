/** The entry of the web client: puts its parts together and draws it. */
import './app/styles.ts';
import { createRoot } from 'react-dom/client';
import { Application } from './app/application.tsx';
import { startI18n } from './app/i18n.ts';
import { createApiClient } from './session/api-client.ts';
import { csrfTokenOf, SessionStore } from './session/session-store.ts';
import type { OpenWorkspace } from './sync/workspace-port.ts';

/** The code of synchronisation comes after sign-in; it is no part of the first screen. */
const openWorkspace: OpenWorkspace = async (me, events) => {
  const synchronisation = await import('./sync/workspace.ts');

  return synchronisation.openWorkspace(me, events);
};

async function start(root: HTMLElement): Promise<void> {
  const api = createApiClient({
    fetch: (...request) => fetch(...request),
    csrfToken: () => csrfTokenOf(store.get()),
  });
  const store = new SessionStore(api);
  void store.restore();
  await startI18n();
  createRoot(root).render(<Application access={{ store, api }} openWorkspace={openWorkspace} />);
  fetchAhead();
}

/** What stands behind the sign-in comes while the session is asked for, or while somebody types a password. */
function fetchAhead(): void {
  const parts = [
    import('./app/workspace-layout.tsx'),
    import('./app/register-page.tsx'),
    import('./sync/workspace.ts'),
  ];
  // Who needs one of them asks again, and hears why it does not come.
  void Promise.allSettled(parts);
}

const root = document.getElementById('root');
if (root !== null) void start(root);
