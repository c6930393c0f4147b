/** The state of one grid on the screen: a few watched values, joined so that each follows what it rests on. */
import type { Decision } from '@lodestone/access-policy';
import type { Language, RecordId, Surroundings } from '@lodestone/document-model';
import type { RegisterView } from './view.ts';
import { keepChoices, readChoices, type ChoiceStorage } from './columns/column-choices.ts';
import { everyColumn, layoutOf, type ColumnChoices, type Layout } from './columns/column.ts';
import type { Edit } from './editing/edit.ts';
import { isPassing, type Notice } from './notice.ts';
import { OrderStore } from './order/order-store.ts';
import type { OrderContext } from './order/view-order.ts';
import { draftId, isEmptyDraft, withDraft, type DraftView } from './rows/draft-view.ts';
import type { Position } from './selection/geometry.ts';
import { SelectionStore } from './selection/selection-store.ts';
import { Observable } from './state/observable.ts';

/** A cell that was tried and may not be edited; it is forgotten when the person moves on. */
interface Denial {
  readonly record: RecordId;
  readonly field: string;
  readonly decision: Extract<Decision, { readonly effect: 'deny' }>;
}

/** The window onto the rows, which only exists once it is drawn. */
interface GridWindow {
  reveal(at: Position): void;
  pageRows(): number;
  focus(): void;
}

export interface GridSession {
  readonly view: DraftView;
  readonly choices: Observable<ColumnChoices>;
  readonly layout: Observable<Layout>;
  readonly surroundings: Observable<Surroundings>;
  readonly order: OrderStore;
  readonly selection: SelectionStore;
  readonly edit: Observable<Edit | undefined>;
  readonly denial: Observable<Denial | undefined>;
  readonly notice: Observable<Notice | undefined>;
  /** Whether the keyboard is in the grid. */
  readonly isFocused: Observable<boolean>;
  readonly viewportWidth: Observable<number | undefined>;
  /** The column whose menu is open, and the one whose width the arrow keys change. */
  readonly openMenu: Observable<string | undefined>;
  readonly resizing: Observable<string | undefined>;
  readonly window: Observable<GridWindow>;
}

const noWindow: GridWindow = {
  reveal: () => undefined,
  pageRows: () => 1,
  focus: () => undefined,
};

export function createGridSession(
  realView: RegisterView,
  language: Language,
  storage?: ChoiceStorage,
): GridSession {
  const view = withDraft(realView);
  const choices = new Observable(readChoices(storage, view.register.name));
  const layout = new Observable(
    layoutOf({ register: view.register, choices: choices.get(), language }),
  );
  const surroundings = new Observable(surroundingsIn(view, language));
  const order = new OrderStore(view, contextOf({ view, layout, surroundings }));
  const selection = new SelectionStore(order, layout);
  selection.follow();

  return {
    view,
    choices,
    layout,
    surroundings,
    order,
    selection,
    edit: new Observable<Edit | undefined>(undefined),
    denial: new Observable<Denial | undefined>(undefined),
    notice: new Observable<Notice | undefined>(undefined),
    isFocused: new Observable(false),
    viewportWidth: new Observable<number | undefined>(undefined),
    openMenu: new Observable<string | undefined>(undefined),
    resizing: new Observable<string | undefined>(undefined),
    window: new Observable(noWindow),
  };
}

/** Follows the view, the reader's language and his choices for as long as the grid is on the screen. */
export function connect(
  session: GridSession,
  language: Language,
  storage?: ChoiceStorage,
): () => void {
  const { view, order, selection } = session;
  const redraw = () => {
    session.surroundings.set(surroundingsIn(view, language));
    relayout(session, language);
    order.useContext(contextOf(session), { mayMove: !session.isFocused.get() });
  };
  const ends = [
    view.subscribeIds(() => {
      // The list is told of although nobody came or went: something that every row shows is different.
      if (!order.followIds()) redraw();
    }),
    view.subscribeChanges((changed) => {
      order.followChanges(changed);
    }),
    view.subscribeSurroundings(redraw),
    order.subscribe(() => {
      selection.follow();
    }),
    session.layout.subscribe(() => {
      selection.follow();
    }),
    session.choices.subscribe(() => {
      keepChoices(storage, view.register.name, session.choices.get());
      relayout(session, language);
    }),
    session.viewportWidth.subscribe(() => {
      relayout(session, language);
    }),
    session.layout.subscribe(() => {
      order.useContext(contextOf(session), { mayMove: !session.isFocused.get() });
    }),
    selection.subscribe(() => {
      leaveBehind(session);
    }),
  ];
  redraw();

  return () => {
    for (const end of ends) end();
  };
}

/** What belonged to the cell the person has left. */
function leaveBehind({ selection, order, denial, notice, view }: GridSession): void {
  const active = selection.get()?.active;
  order.standIn(active?.record);
  const denied = denial.get();
  if (denied?.record !== active?.record || denied?.field !== active?.field) denial.set(undefined);
  const said = notice.get();
  if (said !== undefined && isPassing(said)) notice.set(undefined);
  if (active?.record !== draftId && isEmptyDraft(view)) view.discard();
}

function relayout(session: GridSession, language: Language): void {
  const viewportWidth = session.viewportWidth.get();
  const next = layoutOf({
    register: session.view.register,
    choices: session.choices.get(),
    language,
    ...(viewportWidth !== undefined && { viewportWidth }),
  });
  if (JSON.stringify(next) !== JSON.stringify(session.layout.get())) session.layout.set(next);
}

function contextOf({
  view,
  layout,
  surroundings,
}: Pick<GridSession, 'view' | 'layout' | 'surroundings'>): OrderContext {
  return {
    allColumns: everyColumn(view.register, layout.get().language),
    shownColumns: layout.get().columns,
    around: surroundings.get(),
    record: (id) => view.record(id),
  };
}

/** The view's surroundings in the language of the grid; another object each time, so that all cells are drawn anew. */
function surroundingsIn(view: RegisterView, language: Language): Surroundings {
  const around = view.around();

  return {
    language,
    titleOf: (register, record) => around.titleOf(register, record),
    recordFor: (register, text) => around.recordFor(register, text),
  };
}
