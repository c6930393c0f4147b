/** Which columns are shown and which stay at the left; remembered for each register. */
import type { ReactNode } from 'react';
import { Popover } from '@mantine/core';
import { IconPin, IconPinnedFilled } from '@tabler/icons-react';
import { hideColumn, pinColumn, resetColumns } from '../columns/choose-columns.ts';
import { isPinned, isShown } from '../columns/column.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { useWatched } from '../state/observable.ts';

export interface ColumnsMenuProps {
  readonly drawing: Drawing;
  readonly icon: ReactNode;
}

export function ColumnsMenu({ drawing, icon }: ColumnsMenuProps) {
  const { session, text } = drawing;
  const { register } = session.view;

  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className="grid-tool" aria-label={text('columns')}>
          {icon}
          <span className="grid-tool-label">{text('columns')}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className="grid-columns" aria-label={text('columns')}>
        <ul>
          {Object.keys(register.fields).map((field) => (
            <ColumnLine key={field} field={field} drawing={drawing} />
          ))}
        </ul>
        <button
          type="button"
          className="grid-text-button"
          onClick={() => {
            resetColumns(session);
          }}
        >
          {text('columnsReset')}
        </button>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnLine({ field, drawing }: { readonly field: string; readonly drawing: Drawing }) {
  const { session, text, layout } = drawing;
  const { register } = session.view;
  const choices = useWatched(session.choices);
  const column = register.fields[field]?.label[layout.language] ?? field;
  const isOn = isShown(register, choices, field);
  const pinned = isPinned(register, choices, field);

  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={isOn}
          disabled={field === register.title}
          onChange={() => {
            hideColumn(session, field, isOn);
          }}
        />
        {column}
      </label>
      <button
        type="button"
        className="grid-icon-button"
        aria-pressed={pinned}
        aria-label={text('pinColumn', { column })}
        disabled={!isOn}
        onClick={() => {
          pinColumn(session, field, !pinned);
        }}
      >
        {pinned ? <IconPinnedFilled size={14} aria-hidden /> : <IconPin size={14} aria-hidden />}
      </button>
    </li>
  );
}
