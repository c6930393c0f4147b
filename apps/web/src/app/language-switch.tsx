/** English or Japanese, at any time. The choice stays on this device, and with the person once he is signed in. */
import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/use-language.ts';
import { useChooseLanguage } from './use-choose-language.ts';

const choices = [
  { value: 'en', label: <span lang="en">EN</span> },
  { value: 'ja', label: <span lang="ja">日本語</span> },
];

export function LanguageSwitch() {
  const { t } = useTranslation('app');
  const language = useLanguage();
  const choose = useChooseLanguage();

  return (
    <SegmentedControl
      size="xs"
      aria-label={t('language')}
      value={language}
      onChange={(value) => {
        choose(value === 'ja' ? 'ja' : 'en');
      }}
      data={choices}
    />
  );
}
