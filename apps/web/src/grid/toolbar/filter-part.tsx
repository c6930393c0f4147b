/** Conditions on columns: the button that makes one, and a chip for each that holds. */
import { Popover } from '@mantine/core';
import { IconFilter, IconX } from '@tabler/icons-react';
import { formatElement, formatValue, type Surroundings } from '@lodestone/document-model';
import { columnShowing, everyColumn, type Column } from '../columns/column.ts';
import type { GridSession } from '../grid-session.ts';
import { noFilter, type Condition } from '../order/conditions.ts';
import type { Drawing } from '../rows/grid-row.tsx';
import { useWatched } from '../state/observable.ts';
import { ConditionForm } from './condition-form.tsx';
import { conditionSentence } from './condition-words.ts';

export interface FilterPartProps {
  readonly drawing: Drawing;
  /** The column a new condition is about; while it is set, the form is open. */
  readonly filteredField: string | undefined;
  readonly onFilterBy: (field: string | undefined) => void;
}

export function FilterPart({ drawing, filteredField, onFilterBy }: FilterPartProps) {
  const { session, text, layout } = drawing;
  const { filter } = useWatched(session.order);
  const columns = everyColumn(session.view.register, layout.language);
  const count = filter.conditions.length;
  const isOpen = filteredField !== undefined;

  return (
    <>
      <Popover
        opened={isOpen}
        onChange={(open) => {
          onFilterBy(open ? (layout.columns[0]?.field ?? '') : undefined);
        }}
        position="bottom-start"
        shadow="md"
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button
            type="button"
            className="grid-tool"
            aria-label={count === 0 ? text('filter') : text('filterCount', { count })}
            onClick={() => {
              onFilterBy(isOpen ? undefined : layout.columns[0]?.field);
            }}
          >
            <IconFilter size={15} stroke={1.7} aria-hidden />
            <span className="grid-tool-label">{text('filter')}</span>
            {count > 0 && <span className="grid-badge">{count}</span>}
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={text('filter')}>
          {isOpen && (
            <ConditionForm
              key={filteredField}
              drawing={drawing}
              columns={columns}
              startWith={filteredField}
              onAdd={(condition) => {
                add(session, condition);
                onFilterBy(undefined);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      <div className="grid-chips">
        {filter.conditions.map((condition, index) => (
          <Chip
            key={`${condition.field} ${condition.test} ${String(index)}`}
            condition={condition}
            column={columnShowing(columns, condition.field)}
            drawing={drawing}
          />
        ))}
        {(count > 0 || filter.quick !== '') && (
          <button
            type="button"
            className="grid-text-button"
            onClick={() => {
              session.order.filterBy(noFilter);
            }}
          >
            {text('clearFilters')}
          </button>
        )}
      </div>
    </>
  );
}

interface ChipProps {
  readonly condition: Condition;
  readonly column: Column | undefined;
  readonly drawing: Drawing;
}

function Chip({ condition, column, drawing }: ChipProps) {
  const { session, text } = drawing;
  if (column === undefined) return null;
  const value = valueText(condition, column, session.surroundings.get());
  const field = column.declared;
  const sentence = conditionSentence({ condition, field, column: column.label, value }, text);

  return (
    <span className="grid-chip">
      {sentence}
      <button
        type="button"
        aria-label={text('removeCondition', { condition: sentence })}
        onClick={() => {
          const { filter } = session.order.get();
          const conditions = filter.conditions.filter((other) => other !== condition);
          session.order.filterBy({ ...filter, conditions });
        }}
      >
        <IconX size={13} aria-hidden />
      </button>
    </span>
  );
}

function add(session: GridSession, condition: Condition): void {
  const { filter } = session.order.get();
  session.order.filterBy({ ...filter, conditions: [...filter.conditions, condition] });
}

function valueText(condition: Condition, column: Column, around: Surroundings): string {
  const { declared } = column;
  if (condition.value === null) return '';
  if (declared.kind === 'set' && typeof condition.value === 'string') {
    return formatElement(declared, condition.value, around);
  }
  if (condition.test === 'contains' && typeof condition.value === 'string') return condition.value;

  return formatValue(declared, condition.value, around);
}
