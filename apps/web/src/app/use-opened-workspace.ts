/** Opens the workspace of a person and closes it when another person comes; a new session of the same one resumes it. */
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { Me } from '../session/api-client.ts';
import { useSessionAccess } from '../session/session-context.tsx';
import { useOpenWorkspace } from '../sync/workspace-context.tsx';
import type { WorkspacePort } from '../sync/workspace-port.ts';
import { useLanguage } from '../ui/use-language.ts';

type Opening =
  | { readonly status: 'opening' }
  | { readonly status: 'open'; readonly workspace: WorkspacePort }
  | { readonly status: 'failed'; readonly error: unknown };

export function useOpenedWorkspace(me: Me): WorkspacePort | undefined {
  const openWorkspace = useOpenWorkspace();
  const { store } = useSessionAccess();
  const language = useLanguage();
  const [opening, setOpening] = useState<Opening>({ status: 'opening' });
  const session = useRef(me.csrfToken);
  const open = useEffectEvent(() => openWorkspace(me, { onSessionEnded: store.end }));
  const person = me.user.id;

  useEffect(() => {
    let isWanted = true;
    const opened = open();
    opened.then(
      (workspace) => {
        if (isWanted) setOpening({ status: 'open', workspace });
      },
      (error: unknown) => {
        if (isWanted) setOpening({ status: 'failed', error });
      },
    );

    return () => {
      isWanted = false;
      setOpening({ status: 'opening' });
      void opened.then((workspace) => workspace.close()).catch(() => undefined);
    };
  }, [person]);

  const workspace = opening.status === 'open' ? opening.workspace : undefined;
  const resume = useEffectEvent(() => {
    if (workspace === undefined || session.current === me.csrfToken) return;
    session.current = me.csrfToken;
    workspace.resume(me);
  });
  useEffect(() => {
    resume();
  }, [workspace, me.csrfToken]);

  useEffect(() => {
    workspace?.setLanguage(language);
  }, [workspace, language]);

  if (opening.status === 'failed') throw opening.error;

  return workspace;
}
