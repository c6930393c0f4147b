/** The whole client: what every screen shares, around the router. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { SessionContext, type SessionAccess } from '../session/session-context.tsx';
import { OpenWorkspaceContext } from '../sync/workspace-context.tsx';
import type { OpenWorkspace } from '../sync/workspace-port.ts';
import { i18n } from './i18n.ts';
import { createAppRouter } from './router.tsx';
import { theme } from './theme.ts';

export interface ApplicationProps {
  readonly access: SessionAccess;
  readonly openWorkspace: OpenWorkspace;
}

export function Application({ access, openWorkspace }: ApplicationProps) {
  const [router] = useState(createAppRouter);
  const [queries] = useState(createQueryClient);

  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={queries}>
          <SessionContext value={access}>
            <OpenWorkspaceContext value={openWorkspace}>
              <RouterProvider router={router} />
            </OpenWorkspaceContext>
          </SessionContext>
        </QueryClientProvider>
      </I18nextProvider>
    </MantineProvider>
  );
}

/** Answers are values, also the unhappy ones, so nothing is retried behind the reader's back. */
function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: true } },
  });
}
