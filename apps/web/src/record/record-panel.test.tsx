/** The record panel: reading, editing, refusing, keeping what cannot be read. */
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { I18nextProvider } from 'react-i18next';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '@lodestone/api-contract';
import { findRegister, type RecordId, type RegisterRecord } from '@lodestone/document-model';
import { chooseLanguage, i18n, startI18n } from '../app/i18n.ts';
import { MemoryView, type MemoryViewOptions } from '../grid/testing/memory-view.ts';
import type { ApiClient } from '../session/api-client.ts';
import { SessionContext } from '../session/session-context.tsx';
import { SessionStore } from '../session/session-store.ts';
import { WorkspaceContext } from '../sync/workspace-context.tsx';
import type { CellConflict, WorkspacePort } from '../sync/workspace-port.ts';
import { stubBrowser } from '../ui/testing/stub-browser.ts';
import { KeepDrafts } from './kept-drafts.tsx';
import { RecordPanel } from './record-panel.tsx';

const project = findRegister('project');
if (project === undefined) throw new Error('no register project');
const id = 'mountain-pass' as RecordId;

const record: RegisterRecord = {
  id,
  fields: { name: 'Mountain Pass', statusAsOf: '2026-02', state: 'candidate', materials: ['nd'] },
};
const materials: readonly RegisterRecord[] = [
  { id: 'nd' as RecordId, fields: { symbol: 'Nd', name: 'Neodymium', nameJa: 'ネオジム' } },
  { id: 'dy' as RecordId, fields: { symbol: 'Dy', name: 'Dysprosium', nameJa: 'ジスプロシウム' } },
];

const change: AuditEntry = {
  compartment: 'public',
  seq: 7,
  document: 'public/project',
  action: 'record.updated',
  outcome: 'admitted',
  actor: {
    id: 'd9428888-122b-41e1-b85c-61cd3cbb3210',
    name: 'Aiko Tanaka',
    party: 'JPN',
    roles: ['editor'],
  },
  at: '2026-01-05T05:32:07.000Z',
  edit: null,
  changes: [
    { register: 'project', record: id, field: 'statusAsOf', old: '2026-01', new: '2026-02' },
  ],
};

beforeAll(async () => {
  stubBrowser();
  document.documentElement.lang = 'en';
  await startI18n();
  await chooseLanguage('en');
});

afterEach(cleanup);
afterAll(() => {
  vi.unstubAllGlobals();
});

const status = { state: 'saved', unsent: 0, notAccepted: 0, conflicts: 0 } as const;
const noConflicts: readonly CellConflict[] = [];
const workspace = {
  status: () => status,
  subscribeStatus: () => () => undefined,
  conflicts: () => noConflicts,
  subscribeConflicts: () => () => undefined,
} as unknown as WorkspacePort;

function openPanel(options: Partial<MemoryViewOptions> = {}) {
  const view = new MemoryView({
    register: project as NonNullable<typeof project>,
    records: [record],
    others: { material: materials },
    ...options,
  });
  const api = {
    history: () =>
      Promise.resolve({ outcome: 'answered', value: { entries: [change], next: null } }),
  } as unknown as ApiClient;
  let closed = 0;
  const panel = (isOpen: boolean) => (
    <MantineProvider>
      <I18nextProvider i18n={i18n}>
        <QueryClientProvider client={new QueryClient()}>
          <SessionContext value={{ api, store: new SessionStore(api) }}>
            <WorkspaceContext value={workspace}>
              <KeepDrafts>
                {isOpen && (
                  <RecordPanel
                    view={view}
                    id={id}
                    onClose={() => {
                      closed += 1;
                    }}
                  />
                )}
              </KeepDrafts>
            </WorkspaceContext>
          </SessionContext>
        </QueryClientProvider>
      </I18nextProvider>
    </MantineProvider>
  );
  const { rerender } = render(panel(true));

  return {
    view,
    user: userEvent.setup(),
    closed: () => closed,
    show: (isOpen: boolean) => {
      rerender(panel(isOpen));
    },
    valueOf: (field: string) => view.record(id)?.fields[field],
  };
}

describe('RecordPanel', () => {
  it('takes a text on Enter', async () => {
    const { user, valueOf } = openPanel();
    const input = screen.getByLabelText('Status as of');

    await user.clear(input);
    await user.type(input, '2027 Q1{Enter}');

    expect(valueOf('statusAsOf')).toBe('2027-Q1');
  });

  it('keeps a text that cannot be read, says why, and sends nothing', async () => {
    const { user, view, valueOf } = openPanel();
    const input = screen.getByLabelText('Status as of');

    await user.clear(input);
    await user.type(input, 'next week{Enter}');

    expect(input).toHaveProperty('value', 'next week');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/This must be a date/)).toBeDefined();
    expect(valueOf('statusAsOf')).toBe('2026-02');
    expect(view.acts).toEqual([]);
  });

  it('keeps that text also when the record is closed and opened again', async () => {
    const { user, show } = openPanel();
    const input = screen.getByLabelText('Status as of');
    await user.clear(input);
    await user.type(input, 'next week');

    show(false);
    show(true);

    expect(screen.getByLabelText('Status as of')).toHaveProperty('value', 'next week');
  });

  it('gives the text up on Esc, and closes on the next one', async () => {
    const { user, closed } = openPanel();
    const input = screen.getByLabelText('Status as of');
    await user.type(input, 'x');

    await user.keyboard('{Escape}');
    expect(input).toHaveProperty('value', '2026-02');
    expect(closed()).toBe(0);

    await user.keyboard('{Escape}');
    expect(closed()).toBe(1);
  });

  it('never overwrites what is being typed, and says what the other person wrote', async () => {
    const { user, view, valueOf } = openPanel();
    const input = screen.getByLabelText('Status as of');
    await user.clear(input);
    await user.type(input, '2028');

    view.changeByOther([{ record: id, field: 'statusAsOf', value: '2027' }]);

    expect(await screen.findByText(/Another person changed this to “2027”/)).toBeDefined();
    expect(input).toHaveProperty('value', '2028');
    await user.tab();
    expect(valueOf('statusAsOf')).toBe('2027');
    await user.type(input, '{Enter}');
    expect(valueOf('statusAsOf')).toBe('2028');
  });

  it('adds to a set by title and takes out by button', async () => {
    const { user, valueOf } = openPanel();

    await user.type(screen.getByLabelText('Materials'), 'dysprosium{Enter}');
    expect(valueOf('materials')).toEqual(['dy', 'nd']);

    await user.click(screen.getByRole('button', { name: 'Remove Neodymium' }));
    expect(valueOf('materials')).toEqual(['dy']);
  });

  it('chooses a state from those that may be chosen', async () => {
    const { user, valueOf } = openPanel({
      decide: (_id, field, to) =>
        field === 'state' && to === 'dropped' ? denied : { effect: 'permit', rule: 'test' },
    });
    const select = screen.getByLabelText('Task force state');

    expect(within(select).queryByText('Dropped')).toBeNull();
    await user.selectOptions(select, 'Screened');
    expect(valueOf('state')).toBe('screened');
  });

  it('tells why a field is closed, and opens no editor for it', async () => {
    const { user } = openPanel({
      decide: (_id, field) => (field === 'sponsors' ? denied : { effect: 'permit', rule: 'test' }),
    });

    expect(screen.queryByLabelText('Sponsors')).toBeNull();
    await user.click(screen.getByRole('button', { name: /Why can I not edit “Sponsors”/ }));
    expect(screen.getByText('Only editors of Japan may change this. Ask them.')).toBeDefined();
  });

  it('says it once where nothing can be edited', () => {
    openPanel({ decide: () => denied });

    expect(screen.getAllByText(/Only editors of Japan may change this/)).toHaveLength(1);
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(screen.queryByRole('button', { name: 'Archive' })).toBeNull();
  });

  it('archives and restores', async () => {
    const { user, view, valueOf } = openPanel();

    await user.click(screen.getByRole('button', { name: 'Archive' }));
    expect(valueOf('archived')).toBe(true);
    expect(view.ids()).toEqual([]);

    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect(valueOf('archived')).toBe(false);
  });

  it('says who changed a field, and shows what it was', async () => {
    const { user } = openPanel();

    const line = await screen.findByRole('button', { name: /^Aiko Tanaka \(JPN\)/ });
    await user.click(line);

    const history = screen.getByRole('list', { name: 'History of “Status as of”' });
    expect(history.querySelector('del')?.textContent).toBe('2026-01');
    expect(history.querySelector('ins')?.textContent).toBe('2026-02');
  });

  it('marks the side of a text that is missing', async () => {
    openPanel();

    await waitFor(() => {
      expect(screen.getByLabelText(/Project.*Japanese.*Missing on this side/)).toBeDefined();
    });
  });
});

const denied = {
  effect: 'deny',
  reason: { en: 'Only editors of Japan may change this.', ja: '日本の編集担当だけです。' },
  remedy: { en: 'Ask them.', ja: '依頼してください。' },
} as const;
