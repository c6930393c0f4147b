/** Light or dark. Until it is used the device's own setting holds. */
import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function SchemeSwitch() {
  const { t } = useTranslation('app');
  const { scheme, toggle } = useScheme();
  const label = scheme === 'dark' ? t('lightScheme') : t('darkScheme');

  return (
    <ActionIcon variant="default" size={30} aria-label={label} title={label} onClick={toggle}>
      {scheme === 'dark' ? <IconSun size={16} /> : <IconMoon size={16} />}
    </ActionIcon>
  );
}

export function useScheme(): { readonly scheme: 'light' | 'dark'; readonly toggle: () => void } {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });

  return {
    scheme,
    toggle: () => {
      setColorScheme(scheme === 'dark' ? 'light' : 'dark');
    },
  };
}
