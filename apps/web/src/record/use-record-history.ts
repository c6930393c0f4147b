/** Reads who changed what in a record, and reads it again after each change. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { RecordId } from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';
import { useSessionAccess } from '../session/session-context.tsx';
import { endsSession } from '../session/session-store.ts';
import { useWorkspaceStatus } from '../sync/workspace-context.tsx';
import { readHistory, type RecordHistory } from './record-history.ts';

export type HistoryReading =
  | { readonly status: 'reading' }
  | { readonly status: 'unavailable' }
  | { readonly status: 'read'; readonly history: RecordHistory; readonly isComplete: boolean };

const mostEntries = 200;

/** Several cells often change together; they are asked about once. */
const settleMs = 300;

export function useRecordHistory(view: RegisterView, id: RecordId): HistoryReading {
  const { api, store } = useSessionAccess();
  const queries = useQueryClient();
  const compartment = view.markOf(id)?.id;
  const register = view.register.name;
  const queryKey = useMemo(
    () => ['history', compartment, register, id] as const,
    [compartment, register, id],
  );
  const { data } = useQuery({
    queryKey,
    enabled: compartment !== undefined,
    queryFn: async () => {
      const answer = await api.history({
        compartment: compartment ?? '',
        register,
        record: id,
        limit: mostEntries,
      });
      if (endsSession(answer)) store.end();

      return answer;
    },
  });
  const { state } = useWorkspaceStatus();
  useEffect(() => {
    if (state === 'saved') void queries.invalidateQueries({ queryKey });
  }, [state, queries, queryKey]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = view.subscribeRecord(id, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void queries.invalidateQueries({ queryKey }), settleMs);
    });

    return () => {
      clearTimeout(timer);
      end();
    };
  }, [view, id, queries, queryKey]);

  return useMemo(() => {
    if (data === undefined) return { status: 'reading' };
    if (data.outcome !== 'answered') return { status: 'unavailable' };
    const { entries, next } = data.value;

    return { status: 'read', history: readHistory(entries, id), isComplete: next === null };
  }, [data, id]);
}
