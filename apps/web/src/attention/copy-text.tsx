/** A button that puts a text on the clipboard; the text is made when it is asked for. */
import { Button } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export interface CopyTextProps {
  readonly text: () => string;
  readonly label: string;
}

export function CopyText({ text, label }: CopyTextProps) {
  const { t } = useTranslation('attention');
  const { copied, copy } = useClipboard();

  return (
    <Button
      variant="default"
      size="compact-sm"
      leftSection={<IconCopy size={14} aria-hidden />}
      onClick={() => {
        copy(text());
      }}
    >
      {copied ? t('copied') : label}
    </Button>
  );
}
