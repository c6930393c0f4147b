/** The values a cell may have, narrowed by what is typed. The keyboard stays in the text field. */
import { useEffect, useRef } from 'react';
import { IconCheck } from '@tabler/icons-react';
import { choose } from '../commands/edit-cell.ts';
import { move } from '../commands/move.ts';
import type { GridSession } from '../grid-session.ts';
import type { GridText } from '../grid-words.ts';
import type { Edit, ListEdit } from './edit.ts';
import { mostShown, type ListOption } from './options.ts';

export interface OptionListProps {
  readonly session: GridSession;
  readonly gridId: string;
  readonly edit: Edit;
  readonly list: ListEdit;
  readonly text: GridText;
}

export function OptionList({ session, gridId, edit, list, text }: OptionListProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.querySelector('[data-highlighted]')?.scrollIntoView({ block: 'nearest' });
  }, [list.highlighted, list.shown]);
  const rest = list.shown.length - mostShown;
  const { language } = session.layout.get();

  return (
    <div className="grid-options">
      <div
        ref={box}
        role="listbox"
        id={`${gridId}-options`}
        aria-label={text('options', { column: edit.column.label })}
        aria-multiselectable={list.ticked !== undefined}
        className="grid-options-scroll"
        // Whatever scrolls can be reached; but the keyboard belongs to the text field, which moves through the list.
        tabIndex={0}
        onFocus={() => {
          session.window.get().focus();
        }}
        // Taking the pointer must not take the keyboard from the text field.
        onPointerDown={(event) => {
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {list.shown.slice(0, mostShown).map((option, index) => (
          <OptionRow
            key={option.key}
            id={`${gridId}-option-${String(index)}`}
            option={option}
            isHighlighted={index === list.highlighted}
            isChosen={list.ticked?.has(option.key) ?? option.value === edit.before}
            reason={option.denied?.[language]}
            onChoose={() => {
              const isDone = choose(session, option.key);
              if (isDone) move(session, { by: 'cells', rows: 0, columns: 0 }, false);
            }}
          />
        ))}
      </div>
      {list.shown.length === 0 && <p className="grid-popup-hint">{text('noOption')}</p>}
      {rest > 0 && <p className="grid-popup-hint">{text('moreOptions', { count: rest })}</p>}
      {list.ticked !== undefined && <p className="grid-popup-hint">{text('tickHint')}</p>}
    </div>
  );
}

interface OptionRowProps {
  readonly id: string;
  readonly option: ListOption;
  readonly isHighlighted: boolean;
  readonly isChosen: boolean;
  readonly reason: string | undefined;
  readonly onChoose: () => void;
}

function OptionRow({ id, option, isHighlighted, isChosen, reason, onChoose }: OptionRowProps) {
  return (
    <div
      role="option"
      id={id}
      aria-selected={isChosen}
      aria-disabled={reason !== undefined || undefined}
      data-highlighted={isHighlighted || undefined}
      className={isHighlighted ? 'grid-option is-highlighted' : 'grid-option'}
      onClick={onChoose}
    >
      <span className="grid-option-tick">
        {isChosen && <IconCheck size={14} stroke={2.2} aria-hidden />}
      </span>
      {option.code !== undefined && <span className="grid-code">{option.code}</span>}
      <span className="grid-option-label">{option.label}</span>
      {reason !== undefined && <span className="grid-option-reason">{reason}</span>}
    </div>
  );
}
