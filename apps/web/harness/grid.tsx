/**
 * The grid alone, over a register in memory. The address says what is shown: `rows`, `register`, `lang`, `scheme`,
 * `reader` (may edit nothing), `peers`, `ready`. Tests reach the view as `window.harness`.
 */
import '../src/app/styles.ts';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { I18nextProvider } from 'react-i18next';
import {
  findRegister,
  type CompartmentId,
  type Language,
  type RecordId,
} from '@lodestone/document-model';
import { i18n, startI18n } from '../src/app/i18n.ts';
import { theme } from '../src/app/theme.ts';
import { RegisterGrid } from '../src/grid/register-grid.tsx';
import { MemoryView } from '../src/grid/testing/memory-view.ts';
import { measureRegister } from './measure-register.ts';
import { generateRecords, measures, otherRegisters } from './sample-records.ts';

const asked = new URLSearchParams(location.search);
const firstLanguage: Language = asked.get('lang') === 'ja' ? 'ja' : 'en';
const scheme = asked.get('scheme') === 'dark' ? 'dark' : 'light';
const opened: RecordId[] = [];
const isMeasure = asked.get('register') === 'measure';
const register = isMeasure ? measureRegister : findRegister(asked.get('register') ?? 'project');
if (register === undefined) throw new Error('no such register');

const view = new MemoryView({
  register,
  records: isMeasure ? measures : generateRecords(Number(asked.get('rows') ?? 312)),
  others: otherRegisters,
  language: firstLanguage,
  decide: (id, field) =>
    asked.has('reader') || field === 'confidence' || (field === 'country' && id.endsWith('3'))
      ? {
          effect: 'deny',
          reason: {
            en: 'Only editors of Japan may change this.',
            ja: '変更できるのは日本の編集担当だけです。',
          },
          remedy: {
            en: 'You belong to Canada. Ask editors of Japan.',
            ja: 'あなたの所属はカナダです。日本の編集担当に依頼してください。',
          },
        }
      : { effect: 'permit', rule: 'harness' },
});

if (asked.has('peers')) {
  const titleOf = (id: RecordId) => {
    const title = view.record(id)?.fields['name'];

    return typeof title === 'string' ? title : '';
  };
  const rows = [...view.ids()].sort((a, b) => titleOf(a).localeCompare(titleOf(b)));
  const peers = [
    ['Aiko Tanaka', 'JPN', 2, 'sponsors', true],
    ['Sarah Whitlam', 'AUS', 8, 'stage', false],
    ['Marc Lefèvre', 'FRA', 12, 'state', false],
    ['森 健司', 'JPN', 16, 'country', false],
    ['Tom Reyes', 'USA', 0, 'country', false],
  ] as const;
  for (const [name, party, row, field, editing] of peers) {
    const record = rows[row];
    if (record !== undefined) {
      view.place({ session: name, person: name, name, party, record, field, editing });
    }
  }
}

function Harness() {
  const [language, setLanguage] = useState(firstLanguage);
  useEffect(() => {
    Object.assign(window, {
      harness: {
        view,
        opened,
        setLanguage: (next: Language) => {
          view.speak(next);
          setLanguage(next);
        },
      },
    });
  }, []);

  return (
    <main style={{ display: 'flex', height: '100vh' }}>
      <RegisterGrid
        view={view}
        newRowCompartment={asked.has('reader') ? undefined : ('public' as CompartmentId)}
        onOpenRecord={(id) => opened.push(id)}
        language={language}
      />
    </main>
  );
}

document.documentElement.lang = firstLanguage;
document.documentElement.dataset['mantineColorScheme'] = scheme;
await startI18n();
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={i18n}>
        <MantineProvider theme={theme} forceColorScheme={scheme}>
          <Harness />
        </MantineProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}
