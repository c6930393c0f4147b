/** Ctrl+K: registers, records of the open registers by their titles in both languages, and actions. */
import { Spotlight, spotlight } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './command-palette.module.css';
import { useDialogs } from './dialogs-context.tsx';
import { usePaletteGroups, type PaletteItem } from './use-palette-groups.ts';

export function CommandPalette() {
  const { t } = useTranslation('app');
  const { close } = useDialogs();
  const [query, setQuery] = useState('');
  const groups = usePaletteGroups(useDeferredValue(query));
  useEffect(() => {
    spotlight.open();

    return () => {
      spotlight.close();
    };
  }, []);

  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={close}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      // Names the dialog; nobody needs to see it.
      title={t('searchShort')}
      classNames={{ header: styles.name ?? '', actionsGroup: styles.group ?? '' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search
        placeholder={t('search')}
        aria-label={t('search')}
        leftSection={<IconSearch size={16} />}
      />
      <Spotlight.ActionsList>
        {groups.length === 0 && <Spotlight.Empty>{t('nothingFound')}</Spotlight.Empty>}
        {groups.map(({ title, items }) => (
          <Spotlight.ActionsGroup key={title} label={title}>
            {items.map((item) => (
              <Action key={item.id} item={item} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Action({ item }: { readonly item: PaletteItem }) {
  return (
    <Spotlight.Action
      label={item.label}
      {...(item.description !== undefined && { description: item.description })}
      onClick={item.run}
    />
  );
}
