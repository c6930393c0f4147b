/** The frame of the panel: its title, the way to close it, and where the keyboard goes. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './record-panel.module.css';

export interface PanelFrameProps {
  readonly title: string;
  readonly above?: ReactNode;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function PanelFrame({ title, above, children, onClose }: PanelFrameProps) {
  const { t } = useTranslation('record');
  const heading = useRef<HTMLHeadingElement>(null);
  const frame = useRef<HTMLElement>(null);
  useFocusInside(frame, heading);
  useEscape(onClose);

  return (
    <aside ref={frame} className={styles.panel} aria-label={t('panel', { title })}>
      <div className={styles.head}>
        <div className={styles.titles}>
          {above}
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
        </div>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={t('close')}
          title={t('close')}
          onClick={onClose}
        >
          <IconX size={16} />
        </ActionIcon>
      </div>
      {children}
    </aside>
  );
}

/** Begins at the title, and gives the keyboard back to where it was when the panel goes. */
function useFocusInside(
  frame: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const before = document.activeElement;
    const panel = frame.current;
    heading.current?.focus({ preventScroll: true });

    return () => {
      const isInside = panel?.contains(document.activeElement) ?? false;
      const isNowhere = document.activeElement === document.body;
      if ((isInside || isNowhere) && before instanceof HTMLElement) before.focus();
    };
  }, [frame, heading]);
}

/** Esc closes the panel, unless something inside or above it has used the key. */
function useEscape(onClose: () => void): void {
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return;
      onClose();
    };
    document.addEventListener('keydown', close);

    return () => {
      document.removeEventListener('keydown', close);
    };
  }, [onClose]);
}
