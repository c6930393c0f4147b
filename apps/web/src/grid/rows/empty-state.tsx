/** What stands where no row is: still reading, nothing here yet, or everything hidden by the filter. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { noFilter } from '../order/conditions.ts';
import { useWatched } from '../state/observable.ts';
import type { Drawing } from './grid-row.tsx';

export interface EmptyStateProps {
  readonly drawing: Drawing;
  readonly onMakeRow: (() => void) | undefined;
}

export function EmptyState({ drawing, onMakeRow }: EmptyStateProps) {
  const { session, text, layout } = drawing;
  const { ids, total, isReady } = useWatched(session.order);
  const { register } = session.view;
  if (ids.length > 0) return null;
  if (!isReady) {
    return (
      <div className="grid-empty" role="status">
        <p>{text('loading')}</p>
      </div>
    );
  }
  if (total > 0) {
    return (
      <div className="grid-empty">
        <h2>{text('filteredTitle')}</h2>
        <p>{text('filteredText', { total })}</p>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            session.order.filterBy(noFilter);
          }}
        >
          {text('clearFilters')}
        </Button>
      </div>
    );
  }

  return (
    <div className="grid-empty">
      <h2>{text('emptyTitle')}</h2>
      <p>{register.purpose[layout.language]}</p>
      {onMakeRow !== undefined && (
        <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={onMakeRow}>
          {text('newRow', { singular: register.singular[layout.language] })}
        </Button>
      )}
    </div>
  );
}
