/** The whole client: what every screen shares, around the router. */
import { MantineProvider } from '@mantine/core';
import { useState } from 'react';
import { I18nextProvider } from 'react-i18next';
import { RouterProvider } from 'react-router/dom';
import { SessionContext, type SessionAccess } from '../session/session-context.tsx';
import { OpenWorkspaceContext } from '../sync/workspace-context.tsx';
import type { OpenWorkspace } from '../sync/workspace-port.ts';
import { i18n } from './i18n.ts';
import { createAppRouter } from './router.tsx';
import { cssVariablesResolver, theme } from './theme.ts';

export interface ApplicationProps {
  readonly access: SessionAccess;
  readonly openWorkspace: OpenWorkspace;
}

export function Application({ access, openWorkspace }: ApplicationProps) {
  const [router] = useState(createAppRouter);

  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <I18nextProvider i18n={i18n}>
        <SessionContext value={access}>
          <OpenWorkspaceContext value={openWorkspace}>
            <RouterProvider router={router} />
          </OpenWorkspaceContext>
        </SessionContext>
      </I18nextProvider>
    </MantineProvider>
  );
}
