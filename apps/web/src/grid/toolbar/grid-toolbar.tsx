/** The line above the grid: finding, filtering, sorting again, columns, rows, and a new row. */
import { Button, Menu } from '@mantine/core';
import { IconArrowsSort, IconColumns3, IconDots, IconPlus, IconSearch } from '@tabler/icons-react';
import type { CommandContext } from '../commands/run-command.ts';
import { runCommand } from '../commands/run-command.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { sizeOf } from '../selection/geometry.ts';
import { useWatched } from '../state/observable.ts';
import { ColumnsMenu } from './columns-menu.tsx';
import { FilterPart } from './filter-part.tsx';

export interface GridToolbarProps {
  readonly drawing: Drawing;
  readonly context: CommandContext;
  /** The column whose menu asked for a filter. */
  readonly filteredField: string | undefined;
  readonly onFilterBy: (field: string | undefined) => void;
  readonly onMakeRow: (() => void) | undefined;
}

export function GridToolbar(props: GridToolbarProps) {
  const { drawing, context, onMakeRow } = props;
  const { session, text, layout } = drawing;
  const { register } = session.view;

  return (
    <div className="grid-toolbar">
      <QuickFilter drawing={drawing} />
      <FilterPart
        drawing={drawing}
        filteredField={props.filteredField}
        onFilterBy={props.onFilterBy}
      />
      <SortAgain drawing={drawing} />
      <span className="grid-space" />
      <ColumnsMenu drawing={drawing} icon={<IconColumns3 size={16} stroke={1.7} aria-hidden />} />
      <RowsMenu drawing={drawing} context={context} />
      {onMakeRow !== undefined && (
        <Button
          size="compact-sm"
          className="grid-new"
          leftSection={<IconPlus size={15} />}
          onClick={onMakeRow}
        >
          {text('newRow', { singular: register.singular[layout.language] })}
        </Button>
      )}
    </div>
  );
}

function QuickFilter({ drawing }: { readonly drawing: Drawing }) {
  const { session, text } = drawing;
  const { filter } = useWatched(session.order);

  return (
    <div className="grid-find">
      <IconSearch size={14} stroke={1.8} aria-hidden />
      <input
        type="search"
        value={filter.quick}
        placeholder={text('quickFilter')}
        aria-label={text('quickFilter')}
        onChange={(event) => {
          session.order.filterBy({ ...filter, quick: event.currentTarget.value });
        }}
      />
    </div>
  );
}

/** Offered only where rows stand elsewhere than the sort would put them. */
function SortAgain({ drawing }: { readonly drawing: Drawing }) {
  const { session, text } = drawing;
  const { isStale } = useWatched(session.order);
  if (!isStale) return null;

  return (
    <button
      type="button"
      className="grid-tool is-offer"
      title={text('sortAgainWhy')}
      onClick={() => {
        session.order.renew();
        session.window.get().focus();
      }}
    >
      <IconArrowsSort size={15} stroke={1.7} aria-hidden />
      {text('sortAgain')}
    </button>
  );
}

function RowsMenu({
  drawing,
  context,
}: {
  readonly drawing: Drawing;
  readonly context: CommandContext;
}) {
  const { session, text } = drawing;
  const box = useWatched(session.selection)?.box;
  const count = box === undefined ? 0 : sizeOf(box).rows;

  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <button type="button" className="grid-icon-button" aria-label={text('rows')}>
          <IconDots size={16} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={text('rows')}>
        <Menu.Item
          disabled={count === 0}
          rightSection={<kbd>Space</kbd>}
          onClick={() => {
            runCommand({ does: 'open-record' }, context);
          }}
        >
          {text('openThisRecord')}
        </Menu.Item>
        {context.newRowCompartment !== undefined && (
          <Menu.Item
            rightSection={<kbd>Ctrl Enter</kbd>}
            onClick={() => {
              runCommand({ does: 'add-row' }, context);
            }}
          >
            {text('newRowHere')}
          </Menu.Item>
        )}
        <Menu.Item
          disabled={count === 0}
          rightSection={<kbd>Ctrl Del</kbd>}
          onClick={() => {
            runCommand({ does: 'archive' }, context);
          }}
        >
          {text('archiveRows', { count })}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
