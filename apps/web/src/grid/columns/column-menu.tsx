/** What can be done with one column. Opened by its button, or from the keyboard for the column one stands in. */
import { Menu } from '@mantine/core';
import {
  IconArrowNarrowDown,
  IconArrowNarrowUp,
  IconArrowsHorizontal,
  IconChevronDown,
  IconEyeOff,
  IconFilter,
  IconPin,
  IconPinnedOff,
} from '@tabler/icons-react';
import type { GridSession } from '../grid-session.ts';
import type { GridText } from '../grid-words.ts';
import { useWatched } from '../state/observable.ts';
import { hideColumn, pinColumn } from './choose-columns.ts';
import type { Column } from './column.ts';

export interface ColumnMenuProps {
  readonly column: Column;
  readonly session: GridSession;
  readonly text: GridText;
  readonly onFilterBy: (field: string) => void;
}

export function ColumnMenu({ column, session, text, onFilterBy }: ColumnMenuProps) {
  const isOpen = useWatched(session.openMenu) === column.field;
  const setOpen = (open: boolean) => {
    session.openMenu.set(open ? column.field : undefined);
  };
  const label = text('columnMenu', { column: column.label });

  return (
    <Menu
      opened={isOpen}
      onChange={setOpen}
      position="bottom-start"
      shadow="md"
      returnFocus={false}
      onClose={() => {
        session.window.get().focus();
      }}
    >
      <Menu.Target>
        <button type="button" tabIndex={-1} className="grid-head-menu" aria-label={label}>
          <IconChevronDown size={14} stroke={1.8} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <SortItems column={column} session={session} text={text} />
        <Menu.Item
          leftSection={<IconFilter size={14} />}
          onClick={() => {
            onFilterBy(column.field);
          }}
        >
          {text('filterBy')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item
          leftSection={column.isPinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />}
          onClick={() => {
            pinColumn(session, column.field, !column.isPinned);
          }}
        >
          {text(column.isPinned ? 'unpin' : 'pin')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowsHorizontal size={14} />}
          onClick={() => {
            session.resizing.set(column.field);
          }}
        >
          {text('resize')}
        </Menu.Item>
        {!column.isTitle && (
          <Menu.Item
            leftSection={<IconEyeOff size={14} />}
            onClick={() => {
              hideColumn(session, column.field, true);
            }}
          >
            {text('hide')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function SortItems({ column, session, text }: Omit<ColumnMenuProps, 'onFilterBy'>) {
  return (
    <>
      <Menu.Item
        leftSection={<IconArrowNarrowUp size={14} />}
        onClick={() => {
          session.order.sortBy([{ field: column.field }]);
        }}
      >
        {text('sortUp')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowNarrowDown size={14} />}
        onClick={() => {
          session.order.sortBy([{ field: column.field, descending: true }]);
        }}
      >
        {text('sortDown')}
      </Menu.Item>
    </>
  );
}
