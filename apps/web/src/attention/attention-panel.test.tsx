/** The panel of everything that waits for the reader's word, without a server. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { MemoryRouter } from 'react-router';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { findRegister, type RecordId } from '@lodestone/document-model';
import { DialogsContext } from '../app/dialogs-context.tsx';
import { chooseLanguage, i18n, startI18n } from '../app/i18n.ts';
import { MeContext } from '../app/me-context.tsx';
import { MemoryView } from '../grid/testing/memory-view.ts';
import type { ApiClient, Me } from '../session/api-client.ts';
import { SessionContext } from '../session/session-context.tsx';
import { SessionStore } from '../session/session-store.ts';
import { WorkspaceContext } from '../sync/workspace-context.tsx';
import type {
  CellConflict,
  RefusedAct,
  RefusedLine,
  WorkspacePort,
} from '../sync/workspace-port.ts';
import { stubBrowser } from '../ui/testing/stub-browser.ts';
import { AttentionPanel } from './attention-panel.tsx';

const project = findRegister('project');
if (project === undefined) throw new Error('no register project');
const records = ['a', 'b', 'c'].map((name) => ({
  id: name as RecordId,
  fields: { name: `Mine ${name}`, sponsors: 'Standing', materials: ['nd'] },
}));
const materials = [
  { id: 'nd' as RecordId, fields: { symbol: 'Nd', name: 'Neodymium' } },
  { id: 'dy' as RecordId, fields: { symbol: 'Dy', name: 'Dysprosium' } },
];
const me = { id: 'me', name: 'Emily Carter', party: 'USA' };

beforeAll(async () => {
  stubBrowser();
  await startI18n();
  await chooseLanguage('en');
});
afterEach(cleanup);
afterAll(() => {
  vi.unstubAllGlobals();
});

function line(more: Partial<RefusedLine> = {}): RefusedLine {
  const { record = 'a' as RecordId, field = 'sponsors' } = more;

  return {
    ...{ id: `edit ${record}/${field}`, edit: 'edit', compartment: 'public', register: 'project' },
    ...{ record, field, intents: [], wanted: { kind: 'value', value: 'Wanted' } },
    ...{ code: 'update.too-large', reason: { en: 'Too large.', ja: '大きすぎます。' } },
    ...more,
  };
}

const conflict: CellConflict = {
  ...{ id: 'one', document: 'public/project', compartment: 'public', register: 'project' },
  ...{ record: 'a' as RecordId, field: 'sponsors', cell: 'sponsors', seq: 3 },
  mine: { value: 'My word', person: me.id, name: me.name, party: me.party },
  theirs: { value: 'Standing', person: 'other', name: 'Aiko Tanaka', party: 'JPN' },
};

interface Shown {
  readonly acts?: readonly RefusedAct[];
  readonly conflicts?: readonly CellConflict[];
}

function open({ acts = [], conflicts = [] }: Shown) {
  const view = new MemoryView({
    register: project as NonNullable<typeof project>,
    records,
    others: { material: materials },
  });
  const asked: [string, ...unknown[]][] = [];
  const never = () => () => undefined;
  const status = { state: 'saved', unsent: 0, notAccepted: acts.length, conflicts: 0 } as const;
  const workspace = {
    status: () => status,
    notAccepted: () => acts,
    conflicts: () => conflicts,
    ...{ subscribeStatus: never, subscribeNotAccepted: never, subscribeConflicts: never },
    registerView: () => view,
    discard: (lines: readonly RefusedLine[]) => asked.push(['discard', lines.length]),
    retry: (lines: readonly RefusedLine[]) => asked.push(['retry', lines.length]),
    resolve: ({ id }: CellConflict, choice: string) => {
      asked.push(['resolve', id, choice]);

      return { status: 'done', created: [] };
    },
  } as unknown as WorkspacePort;
  const api = {
    history: () => Promise.resolve({ outcome: 'unreachable' }),
  } as unknown as ApiClient;
  const dialogs = { open: 'tray', show: () => undefined, close: () => undefined } as const;
  render(
    <MantineProvider env="test">
      <I18nextProvider i18n={i18n}>
        <MemoryRouter>
          <QueryClientProvider client={new QueryClient()}>
            <SessionContext value={{ store: new SessionStore(api), api }}>
              <MeContext value={{ user: me } as unknown as Me}>
                <WorkspaceContext value={workspace}>
                  <DialogsContext value={dialogs}>
                    <AttentionPanel />
                  </DialogsContext>
                </WorkspaceContext>
              </MeContext>
            </SessionContext>
          </QueryClientProvider>
        </MemoryRouter>
      </I18nextProvider>
    </MantineProvider>,
  );

  return { asked, view };
}

describe('what needs attention', () => {
  it('says so where there is nothing, and what would come here', () => {
    open({});

    expect(screen.getByText('Nothing needs your attention.')).toBeTruthy();
  });

  it('lets either value of a conflict be chosen, and names the one that stands', async () => {
    const { asked } = open({ conflicts: [conflict] });
    const values = screen.getByRole('list', { name: 'Values of “Sponsors” of Mine a' });
    const [mine, theirs] = within(values).getAllByRole('listitem');

    expect(mine?.textContent).toMatch(/You.*My word/);
    expect(theirs?.textContent).toMatch(/Aiko Tanaka \(JPN\).*Stands now.*Standing/);
    await userEvent.click(screen.getByRole('button', { name: 'Use mine' }));
    await userEvent.click(screen.getByRole('button', { name: 'Keep theirs' }));

    expect(asked).toEqual([
      ['resolve', 'one', 'mine'],
      ['resolve', 'one', 'theirs'],
    ]);
  });

  it('shows what the cell has become since, and lets it be', async () => {
    const { asked, view } = open({ conflicts: [conflict] });
    view.changeByOther([{ record: 'a' as RecordId, field: 'sponsors', value: 'A third' }]);

    expect((await screen.findByText('A third')).textContent).toBe('A third');
    await userEvent.click(screen.getByRole('button', { name: 'Leave it as it is' }));

    expect(asked).toEqual([['resolve', 'one', 'standing']]);
  });

  it('folds the cells of one action, and asks before it discards several', async () => {
    const lines = [
      line({ code: 'value.changed' }),
      line({ record: 'b' as RecordId, code: 'group.stopped' }),
      line({ record: 'c' as RecordId, code: 'group.stopped' }),
    ];
    const { asked } = open({ acts: [{ id: 'paste', at: 0, lines }] });

    expect(screen.queryByText('Mine b')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show 3 cells' }));
    expect(screen.getByText('Mine b')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Discard all' }));
    expect(asked).toEqual([]);
    expect(document.activeElement?.textContent).toBe('Keep them');
    await userEvent.click(screen.getByRole('button', { name: 'Discard all' }));
    expect(asked).toEqual([['discard', 3]]);
  });

  it('sends the cells that merely came with the refused one', async () => {
    const lines = [
      line({ code: 'value.changed' }),
      line({ record: 'b' as RecordId, code: 'group.stopped' }),
      line({ record: 'c' as RecordId, code: 'group.stopped' }),
    ];
    const { asked } = open({ acts: [{ id: 'paste', at: 0, lines }] });

    await userEvent.click(screen.getByRole('button', { name: 'Send the 2 others' }));

    expect(asked).toEqual([['retry', 2]]);
  });

  it('copies the cells of an action as a block with names, as spreadsheets take it', async () => {
    const user = userEvent.setup();
    const lines = [
      line(),
      line({ field: 'status', wanted: { kind: 'value', value: 'two\nlines' } }),
      line({
        ...{ record: 'b' as RecordId, field: 'materials' },
        wanted: { kind: 'elements', added: ['dy'], removed: ['nd'] },
      }),
    ];
    open({ acts: [{ id: 'paste', at: 0, lines }] });

    await user.click(screen.getByRole('button', { name: 'Copy all' }));

    const [head, ...rows] = (await navigator.clipboard.readText()).split('\n');
    expect(head).toBe('Project pipeline\tSponsors\tStatus\tMaterials');
    expect(rows.join('\n')).toBe(
      'Mine a\tWanted\t"two\nlines"\t\nMine b\t\t\tDysprosium; −Neodymium',
    );
  });

  it('reads in Japanese', async () => {
    await chooseLanguage('ja');
    open({ conflicts: [conflict], acts: [{ id: 'one', at: 0, lines: [line()] }] });

    expect(screen.getByRole('button', { name: '自分の値にする' })).toBeTruthy();
    expect(screen.getByText('大きすぎます。')).toBeTruthy();
    expect(screen.getByText('同時に変更されたセル: 1件')).toBeTruthy();
    await chooseLanguage('en');
  });
});
