/** What the palette offers for a query. */
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { fold, namesOf, registers, titleOf } from '@lodestone/document-model';
import { useWorkspace } from '../sync/workspace-context.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useDialogs } from './dialogs-context.tsx';
import { useOpenRegisters } from './open-registers.tsx';
import { useSignOut } from './person-menu.tsx';
import { useScheme } from './scheme-switch.tsx';
import { useChooseLanguage } from './use-choose-language.ts';

export interface PaletteItem {
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly run: () => void;
}

export interface PaletteGroup {
  readonly title: string;
  readonly items: readonly PaletteItem[];
}

/** So many records are listed; a longer query finds the others. */
const mostRecords = 12;

export function usePaletteGroups(query: string): readonly PaletteGroup[] {
  const { t } = useTranslation('app');
  const wanted = fold(query);
  const groups = [
    { title: t('paletteRegisters'), items: useRegisterItems(wanted) },
    { title: t('paletteRecords'), items: useRecordItems(wanted) },
    { title: t('paletteActions'), items: useActionItems(wanted) },
  ];

  return groups.filter(({ items }) => items.length > 0);
}

function useRegisterItems(wanted: string): readonly PaletteItem[] {
  const language = useLanguage();
  const navigate = useNavigate();

  return registers
    .filter(({ label }) => [label.en, label.ja].some((text) => fold(text).includes(wanted)))
    .map(({ name, label }) => ({
      id: `register ${name}`,
      label: label[language],
      run: () => void navigate(`/registers/${name}`),
    }));
}

function useRecordItems(wanted: string): readonly PaletteItem[] {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const navigate = useNavigate();
  const workspace = useWorkspace();
  const openRegisters = useOpenRegisters();
  if (wanted === '') return [];
  const found: PaletteItem[] = [];
  for (const register of registers.filter(({ name }) => openRegisters.has(name))) {
    const view = workspace.registerView(register.name);
    for (const id of view.ids()) {
      const record = view.record(id);
      if (record === undefined) continue;
      if (!namesOf(register, record).some((name) => name.includes(wanted))) continue;
      found.push({
        id: `record ${register.name} ${id}`,
        label: titleOf(register, record, language),
        description: t('paletteIn', { register: register.label[language] }),
        run: () => void navigate(`/registers/${register.name}/${id}`),
      });
      if (found.length === mostRecords) return found;
    }
  }

  return found;
}

function useActionItems(wanted: string): readonly PaletteItem[] {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const choose = useChooseLanguage();
  const { toggle } = useScheme();
  const signOut = useSignOut();
  const { show } = useDialogs();
  /** A dialog opens after the palette has closed, which would close it too. */
  const afterwards = (act: () => void) => () => {
    setTimeout(act);
  };
  const items: readonly PaletteItem[] = [
    language === 'ja'
      ? {
          id: 'english',
          label: t('actionEnglish'),
          run: () => {
            choose('en');
          },
        }
      : {
          id: 'japanese',
          label: t('actionJapanese'),
          run: () => {
            choose('ja');
          },
        },
    { id: 'scheme', label: t('actionScheme'), run: toggle },
    {
      id: 'keys',
      label: t('actionKeys'),
      run: afterwards(() => {
        show('keys');
      }),
    },
    {
      id: 'attention',
      label: t('actionAttention'),
      run: afterwards(() => {
        show('tray');
      }),
    },
    { id: 'sign-out', label: t('actionSignOut'), run: afterwards(signOut) },
  ];

  return items.filter(({ label }) => fold(label).includes(wanted));
}
