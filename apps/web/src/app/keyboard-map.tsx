/** Every key that does something, on one sheet. */
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDialogs } from './dialogs-context.tsx';
import styles from './keyboard-map.module.css';

export function KeyboardMap() {
  const { t } = useTranslation('app');
  const { close } = useDialogs();
  const parts = [
    {
      title: t('keysEverywhere'),
      keys: [
        [['Ctrl K'], t('keyPalette')],
        [['?', 'Ctrl /'], t('keyHelp')],
        [['Esc'], t('keyClosePanel')],
      ],
    },
    {
      title: t('keysGrid'),
      keys: [
        [['←', '↑', '→', '↓', 'Tab'], t('keyMove')],
        [['Home', 'End'], t('keyEdges')],
        [['Ctrl ←', 'Ctrl ↑', 'Ctrl →', 'Ctrl ↓'], t('keyFar')],
        [['PgUp', 'PgDn'], t('keyPage')],
        [['Enter', 'F2'], t('keyEdit')],
        [['Shift ↑', 'Shift ↓', 'Ctrl A'], t('keyExtend')],
        [['Shift Space'], t('keyMarkRow')],
        [['Ctrl C', 'Ctrl V'], t('keyCopy')],
        [['Delete'], t('keyClear')],
        [['Ctrl Z', 'Ctrl Shift Z'], t('keyUndo')],
        [['Space'], t('keyOpenRecord')],
        [['Ctrl Enter'], t('keyNewRow')],
        [['Ctrl Delete'], t('keyArchive')],
      ],
    },
    {
      title: t('keysEditing'),
      keys: [
        [['Enter'], t('keyCommitDown')],
        [['Tab'], t('keyCommitRight')],
        [['Esc'], t('keyRevert')],
        [['Alt Enter'], t('keyLineBreak')],
      ],
    },
  ] as const;

  return (
    <Modal
      opened
      onClose={close}
      size="lg"
      title={t('keysTitle')}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {parts.map(({ title, keys }) => (
        <section key={title} className={styles.part}>
          <h3>{title}</h3>
          <dl>
            {keys.map(([strokes, meaning]) => (
              <div key={meaning} className={styles.key}>
                <dt>
                  {strokes.map((stroke) => (
                    <kbd key={stroke}>{stroke}</kbd>
                  ))}
                </dt>
                <dd>{meaning}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}
