/** Where the rows go that this person adds: the narrowest compartment unless he chooses a wider one. */
import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CompartmentId } from '@lodestone/document-model';
import type { CompartmentMark } from '../registers/register-view.ts';
import { useLanguage } from '../ui/use-language.ts';
import { useMe } from './me-context.tsx';

export interface NewRowsMenuProps {
  readonly compartments: readonly CompartmentMark[];
  readonly chosen: CompartmentMark;
  readonly onChoose: (compartment: CompartmentId) => void;
}

export function NewRowsMenu({ compartments, chosen, onChoose }: NewRowsMenuProps) {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const me = useMe();
  const nameOf = (id: string) => me.compartments.find((one) => one.id === id)?.name[language];

  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          h={30}
          title={t('newRowsWhy')}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('newRowsIn', { marking: chosen.marking })}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('newRowsWhy')}</Menu.Label>
        {compartments.map(({ id, marking }) => (
          <Menu.Item
            key={id}
            role="menuitemradio"
            aria-checked={id === chosen.id}
            leftSection={
              id === chosen.id ? <IconCheck size={14} /> : <span style={{ width: 14 }} />
            }
            onClick={() => {
              onChoose(id);
            }}
          >
            {marking}
            {nameOf(id) !== undefined && <small> · {nameOf(id)}</small>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
