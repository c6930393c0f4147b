/**
 * The whole client over a workspace in memory. The address says where it begins (`at`) and what is the matter: `lang`,
 * `scheme`, `state` (a workspace status), `unsent`, `refused`, `people`, `reader`, `signed-out`, `down`, `marking`.
 * Tests reach it as `window.shell`.
 */
import '../src/app/styles.ts';
import { createRoot } from 'react-dom/client';
import { Application } from '../src/app/application.tsx';
import { chooseLanguage, startI18n } from '../src/app/i18n.ts';
import { SessionStore } from '../src/session/session-store.ts';
import type { WorkspaceStatus } from '../src/sync/workspace-port.ts';
import { MemoryApi } from './memory-api.ts';
import { MemoryWorkspace } from './memory-workspace.ts';

declare global {
  interface Window {
    shell: { readonly workspace: MemoryWorkspace; readonly store: SessionStore };
  }
}

const asked = new URLSearchParams(location.search);
const workspace = new MemoryWorkspace({
  isReader: asked.has('reader'),
  people: Number(asked.get('people') ?? 0),
  refused: Number(asked.get('refused') ?? 0),
  ...(asked.has('marking') && { marking: asked.get('marking') ?? '' }),
});
const state = asked.get('state') as WorkspaceStatus['state'] | null;
if (state !== null) workspace.become({ state, unsent: Number(asked.get('unsent') ?? 0) });
const api = new MemoryApi({
  isSignedIn: !asked.has('signed-out'),
  isDown: asked.has('down'),
  language: asked.get('lang') === 'ja' ? 'ja' : 'en',
});
const store = new SessionStore(api);
window.shell = { workspace, store };
document.documentElement.setAttribute(
  'data-mantine-color-scheme',
  asked.get('scheme') === 'dark' ? 'dark' : 'light',
);
localStorage.setItem(
  'mantine-color-scheme-value',
  asked.get('scheme') === 'dark' ? 'dark' : 'light',
);
history.replaceState(null, '', asked.get('at') ?? '/');

const root = document.getElementById('root');
if (root !== null) void start(root);

async function start(element: HTMLElement): Promise<void> {
  await startI18n();
  await chooseLanguage(asked.get('lang') === 'ja' ? 'ja' : 'en');
  void store.restore();
  createRoot(element).render(
    <Application access={{ store, api }} openWorkspace={() => Promise.resolve(workspace)} />,
  );
}
