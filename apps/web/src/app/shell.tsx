/** What stands around every page: marking and banners, navigation, and the dialogs that can be opened from anywhere. */
import { Drawer } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet, useMatch } from 'react-router';
import { ConflictNotice } from '../attention/conflict-notice.tsx';
import { KeepDrafts } from '../record/kept-drafts.tsx';
import type { Me } from '../session/api-client.ts';
import { DialogsContext, type DialogName, type Dialogs } from './dialogs-context.tsx';
import { Masthead } from './masthead.tsx';
import { MeContext } from './me-context.tsx';
import { Navigation } from './navigation.tsx';
import { OpenRegistersContext, useOpenRegisterNames } from './open-registers.tsx';
import styles from './shell.module.css';

/** None of them is on the first screen. */
const CommandPalette = lazy(async () => ({
  default: (await import('./command-palette.tsx')).CommandPalette,
}));
const KeyboardMap = lazy(async () => ({
  default: (await import('./keyboard-map.tsx')).KeyboardMap,
}));
const AttentionPanel = lazy(async () => ({
  default: (await import('../attention/attention-panel.tsx')).AttentionPanel,
}));
const SignOutDialog = lazy(async () => ({
  default: (await import('./sign-out-dialog.tsx')).SignOutDialog,
}));
const SignInAgainDialog = lazy(async () => ({
  default: (await import('./sign-in-again-dialog.tsx')).SignInAgainDialog,
}));

export function Shell({ me }: { readonly me: Me }) {
  const { t } = useTranslation('app');
  const register = useMatch('/registers/:name/*')?.params.name;
  const dialogs = useDialogState();
  const openRegisters = useOpenRegisterNames(register);
  const { open, show, close } = dialogs;
  const toggle = (name: DialogName) => {
    if (open === name) close();
    else show(name);
  };
  // Ctrl+K and Ctrl+/ also from within the grid's text field, which is always focused; `?` there is text.
  useHotkeys(
    [
      [
        'mod+K',
        () => {
          toggle('palette');
        },
      ],
      [
        'mod+/',
        () => {
          toggle('keys');
        },
      ],
    ],
    [],
    true,
  );
  useHotkeys([
    [
      'shift+?',
      () => {
        show('keys');
      },
    ],
  ]);

  return (
    <MeContext value={me}>
      <DialogsContext value={dialogs}>
        <OpenRegistersContext value={openRegisters}>
          <div className={styles.shell}>
            <a className={styles.skip} href="#content">
              {t('skipToContent')}
            </a>
            <Masthead register={register} />
            <div className={styles.body}>
              <aside className={styles.side} aria-label={t('navigation')}>
                <Navigation />
              </aside>
              <KeepDrafts>
                <Outlet />
              </KeepDrafts>
            </div>
            <ConflictNotice />
          </div>
          {open === 'navigation' && (
            <Drawer
              opened
              onClose={close}
              size={260}
              padding={0}
              title={t('navigation')}
              closeButtonProps={{ 'aria-label': t('closeNavigation') }}
              classNames={{ header: styles.drawerHead ?? '', body: styles.drawer ?? '' }}
            >
              <Navigation />
            </Drawer>
          )}
          <Suspense fallback={null}>
            {open === 'palette' && <CommandPalette />}
            {open === 'keys' && <KeyboardMap />}
            {open === 'tray' && <AttentionPanel />}
            {open === 'sign-out' && <SignOutDialog />}
            {open === 'sign-in' && <SignInAgainDialog />}
          </Suspense>
        </OpenRegistersContext>
      </DialogsContext>
    </MeContext>
  );
}

function useDialogState(): Dialogs {
  const [open, setOpen] = useState<DialogName>();

  return useMemo(
    () => ({
      open,
      show: setOpen,
      close: () => {
        setOpen(undefined);
      },
    }),
    [open],
  );
}
