/** Everything behind the sign-in: waits for the session, opens the workspace, and puts the shell around the page. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
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
  const [queries] = useState(createQueryClient);
  if (workspace === undefined) return <LoadingScreen />;

  return (
    <QueryClientProvider client={queries}>
      <WorkspaceContext value={workspace}>
        <Shell me={me} />
      </WorkspaceContext>
    </QueryClientProvider>
  );
}

/** Answers are values, also the unhappy ones, so nothing is retried behind the reader's back. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: true } },
  });
}
