/** The one word about saving, in every state and both languages. */
import { act, cleanup, render, screen } from '@testing-library/react';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WorkspaceContext } from '../sync/workspace-context.tsx';
import type { WorkspacePort, WorkspaceStatus } from '../sync/workspace-port.ts';
import { DialogsContext, type DialogName } from './dialogs-context.tsx';
import { chooseLanguage, i18n, startI18n } from './i18n.ts';
import { SaveState } from './save-state.tsx';

beforeAll(startI18n);
afterEach(cleanup);

function draw(status: WorkspaceStatus) {
  const shown: DialogName[] = [];
  const workspace = {
    status: () => status,
    subscribeStatus: () => () => undefined,
  } as unknown as WorkspacePort;
  const dialogs = {
    open: undefined,
    show: (name: DialogName) => shown.push(name),
    close: () => undefined,
  };
  render(
    <I18nextProvider i18n={i18n}>
      <WorkspaceContext value={workspace}>
        <DialogsContext value={dialogs}>
          <SaveState />
        </DialogsContext>
      </WorkspaceContext>
    </I18nextProvider>,
  );

  return shown;
}

const quiet = { unsent: 0, notAccepted: 0, conflicts: 0 };

describe('SaveState', () => {
  it.each([
    [{ ...quiet, state: 'saved' }, 'Saved', '保存済み'],
    [{ ...quiet, state: 'saving', unsent: 1 }, 'Saving', '保存中'],
    [{ ...quiet, state: 'offline' }, 'Offline', 'オフライン'],
    [
      { ...quiet, state: 'offline', unsent: 1 },
      'Offline (1 edit kept on this device)',
      'オフライン(1件の編集をこの端末に保管中)',
    ],
    [
      { ...quiet, state: 'offline', unsent: 3 },
      'Offline (3 edits kept on this device)',
      'オフライン(3件の編集をこの端末に保管中)',
    ],
    [
      { ...quiet, state: 'not-accepted', notAccepted: 1 },
      'Not accepted (1)',
      '受理されませんでした(1件)',
    ],
    [
      { ...quiet, state: 'read-only', unsent: 2 },
      'Read only (2 edits kept on this device)',
      '閲覧のみ(2件の編集をこの端末に保管中)',
    ],
    [{ ...quiet, state: 'signed-out' }, 'Signed out', 'サインアウト済み'],
  ] as const)('is truthful about %o', async (status, english, japanese) => {
    await act(() => chooseLanguage('en'));
    draw(status);
    expect(screen.getByRole('status').textContent).toBe(english);

    await act(() => chooseLanguage('ja'));
    expect(screen.getByRole('status').textContent).toBe(japanese);
  });

  it('names conflicts beside it, and opens the same panel', async () => {
    await act(() => chooseLanguage('en'));
    const shown = draw({ ...quiet, state: 'saved', conflicts: 2 });

    screen.getByRole('button', { name: '2 conflicts' }).click();

    expect(shown).toEqual(['tray']);
  });

  it('opens the tray also while it is offline', async () => {
    await act(() => chooseLanguage('en'));
    const shown = draw({ ...quiet, state: 'offline', notAccepted: 2 });

    screen.getByRole('button', { name: 'Not accepted (2)' }).click();

    expect(shown).toEqual(['tray']);
  });
});
