/**
 * A row that is being made. Until every required field has a value it exists on this screen only; then it is born as
 * one record. The rest of the grid sees it as a record like any other.
 */
import type { CompartmentId, RecordId, RegisterRecord, Value } from '@lodestone/document-model';
import type { Act, ActOutcome, Attention, CellEdit, RegisterView } from '../view.ts';
import { Observable, type Watched } from '../state/observable.ts';
import { birthOf } from './birth.ts';

interface Draft {
  readonly record: RegisterRecord;
  readonly compartment: CompartmentId;
}

export interface DraftView extends RegisterView {
  readonly draft: Watched<Draft | undefined>;
  /** Begins a row; one that was begun before and has nothing in it gives way. */
  begin(compartment: CompartmentId): RecordId;
  discard(): void;
}

/** No random id of a record looks like this. */
export const draftId = 'draft-row' as RecordId;

/** Nobody has put anything into it: it may go as it came. */
export function isEmptyDraft(view: DraftView): boolean {
  const draft = view.draft.get();

  return draft !== undefined && Object.keys(draft.record.fields).length === 0;
}

/** The draft joins the view's own records; acts on it stay here until it can be born. */
export function withDraft(view: RegisterView): DraftView {
  const draft = new Observable<Draft | undefined>(undefined);
  const draftListeners = new Set<() => void>();
  let listed: { readonly from: readonly RecordId[]; readonly ids: readonly RecordId[] } | undefined;
  const tellRow = () => {
    for (const listener of [...draftListeners]) listener();
  };
  const ids = (): readonly RecordId[] => {
    const from = view.ids();
    if (draft.get() === undefined) return from;
    if (listed?.from !== from) listed = { from, ids: [...from, draftId] };

    return listed.ids;
  };

  return {
    ...delegate(view),
    draft,
    ids,
    subscribeIds: (listener) =>
      both(view.subscribeIds(listener), subscribePresence(draft, listener)),
    record: (id) => (id === draftId ? draft.get()?.record : view.record(id)),
    subscribeRecord: (id, listener) => {
      if (id !== draftId) return view.subscribeRecord(id, listener);
      draftListeners.add(listener);

      return () => {
        draftListeners.delete(listener);
      };
    },
    markOf: (id) => {
      if (id !== draftId) return view.markOf(id);
      const compartment = draft.get()?.compartment;

      return view.compartments().find((mark) => mark.id === compartment);
    },
    decide: (id, field, to) =>
      id === draftId ? { effect: 'permit', rule: 'draft' } : view.decide(id, field, to),
    act: (act) => actWithDraft(view, draft, act, tellRow),
    peersAt: (id) => (id === draftId ? noPeers : view.peersAt(id)),
    subscribePeers: (id, listener) =>
      id === draftId ? () => undefined : view.subscribePeers(id, listener),
    attentionAt: (id) => (id === draftId ? noAttention : view.attentionAt(id)),
    subscribeAttention: (id, listener) =>
      id === draftId ? () => undefined : view.subscribeAttention(id, listener),
    stand: (at, state) => {
      view.stand(at?.record === draftId ? null : at, state);
    },
    begin: (compartment) => {
      draft.set({ record: { id: draftId, fields: {} }, compartment });
      tellRow();

      return draftId;
    },
    discard: () => {
      draft.set(undefined);
    },
  };
}

const noPeers = [] as const;
const noAttention: ReadonlyMap<string, Attention> = new Map();

function actWithDraft(
  view: RegisterView,
  draft: Observable<Draft | undefined>,
  act: Act,
  tellRow: () => void,
): ActOutcome {
  const current = draft.get();
  const own = act.edits.filter((edit) => edit.record === draftId);
  if (current === undefined || own.length === 0) return view.act(act);
  const others = act.edits.filter((edit) => edit.record !== draftId);
  const fields = overlay(current.record.fields, own);
  const birth = birthOf(view.register, fields);
  if (birth.status === 'incomplete') {
    draft.set({ ...current, record: { id: draftId, fields } });
    tellRow();

    return others.length === 0 && act.created === undefined
      ? { status: 'done', created: [] }
      : view.act({ ...act, edits: others });
  }
  const born = { compartment: current.compartment, fields: birth.fields };
  const outcome = view.act({ edits: others, created: [born, ...(act.created ?? [])] });
  if (outcome.status === 'done') draft.set(undefined);

  return outcome;
}

function overlay(
  fields: Readonly<Record<string, Value>>,
  edits: readonly CellEdit[],
): Record<string, Value> {
  const next: Record<string, Value> = { ...fields };
  for (const { field, value } of edits) {
    if (value === null) Reflect.deleteProperty(next, field);
    else next[field] = value;
  }

  return next;
}

/** Tells only that the draft came or went: what is typed into it does not change the list. */
function subscribePresence(draft: Watched<Draft | undefined>, listener: () => void): () => void {
  let was = draft.get() !== undefined;

  return draft.subscribe(() => {
    const is = draft.get() !== undefined;
    if (is !== was) listener();
    was = is;
  });
}

function both(first: () => void, second: () => void): () => void {
  return () => {
    first();
    second();
  };
}

/** A view may be a class: its methods are called on it. */
function delegate(view: RegisterView) {
  return {
    register: view.register,
    isReady: () => view.isReady(),
    subscribeChanges: (listener: (changed: ReadonlySet<RecordId>) => void) =>
      view.subscribeChanges(listener),
    compartments: () => view.compartments(),
    around: () => view.around(),
    candidates: (register: string) => view.candidates(register),
    undo: () => view.undo(),
    redo: () => view.redo(),
    subscribeSurroundings: (listener: () => void) => view.subscribeSurroundings(listener),
  };
}
