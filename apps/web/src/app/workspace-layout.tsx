/** Everything behind the sign-in: waits for the session, opens the workspace, and puts the shell around the page. */
import { Navigate, useLocation } from 'react-router';
import { signInPathFor } from '../session/destination.ts';
import { useSession } from '../session/session-context.tsx';
import { WorkspaceContext } from '../sync/workspace-context.tsx';
import { LoadingScreen } from './loading-screen.tsx';
import { Shell } from './shell.tsx';
import { UnreachableScreen } from './unreachable-screen.tsx';
import { useOpenedWorkspace } from './use-opened-workspace.ts';
import type { Me } from '../session/api-client.ts';

export function WorkspaceLayout() {
  const session = useSession();
  const { pathname, search } = useLocation();
  switch (session.status) {
    case 'restoring':
      return <LoadingScreen />;
    case 'unreachable':
      return <UnreachableScreen />;
    case 'signed-out':
      return <Navigate to={signInPathFor(`${pathname}${search}`)} replace />;
    case 'signed-in':
    case 'ended':
      return <OpenedWorkspace me={session.me} />;
  }
}

function OpenedWorkspace({ me }: { readonly me: Me }) {
  const workspace = useOpenedWorkspace(me);
  if (workspace === undefined) return <LoadingScreen />;

  return (
    <WorkspaceContext value={workspace}>
      <Shell me={me} />
    </WorkspaceContext>
  );
}
