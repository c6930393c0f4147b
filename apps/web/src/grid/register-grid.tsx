/**
 * A register as a grid of cells that several people edit at once. It is driven by the register's declaration and the
 * view it is given, and knows nothing of any one register.
 */
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { CompartmentId, Language, RecordId } from '@lodestone/document-model';
import { referenceLooks } from './cells/reference-display.ts';
import { paste } from './commands/blocks.ts';
import { goToRecord } from './commands/move.ts';
import type { CommandContext } from './commands/run-command.ts';
import { addRow } from './commands/rows.ts';
import { browserStorage } from './columns/column-choices.ts';
import { GridHeader } from './columns/grid-header.tsx';
import { CellEditor } from './editing/cell-editor.tsx';
import { connect, createGridSession } from './grid-session.ts';
import { useGridText } from './grid-words.ts';
import { useStanding } from './presence/use-standing.ts';
import { PeerAnnouncer } from './presence/peer-announcer.tsx';
import { EmptyState } from './rows/empty-state.tsx';
import { GridBody } from './rows/grid-body.tsx';
import type { Drawing } from './rows/grid-row.tsx';
import { usePointer } from './selection/use-pointer.ts';
import { useWatched } from './state/observable.ts';
import { GridFooter } from './toolbar/grid-footer.tsx';
import { GridToolbar } from './toolbar/grid-toolbar.tsx';
import { NoticeBar } from './toolbar/notice-bar.tsx';
import type { RegisterView } from './view.ts';
import './grid.css';
import './grid-editor.css';
import './grid-toolbar.css';

export interface RegisterGridProps {
  readonly view: RegisterView;
  /** Where new rows are made; undefined where the reader may make none. */
  readonly newRowCompartment: CompartmentId | undefined;
  readonly onOpenRecord: (id: RecordId) => void;
  readonly language: Language;
  /** A record that is shown elsewhere on the screen: the grid goes to its row. */
  readonly shownRecord?: RecordId | undefined;
}

export function RegisterGrid(props: RegisterGridProps) {
  const { view, language, newRowCompartment, onOpenRecord, shownRecord } = props;
  const gridId = useId();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const [filteredField, setFilteredField] = useState<string>();
  const session = useSession(view, language);
  const drawing = useDrawing(session, gridId, language, onOpenRecord);
  const context = useMemo<CommandContext>(
    () => ({ session, newRowCompartment, onOpenRecord }),
    [session, newRowCompartment, onOpenRecord],
  );
  const order = useWatched(session.order);
  const pointer = usePointer({ context, scroller, field });
  useViewportWidth(session, scroller);
  useStanding(session);
  useShownRecord(session, shownRecord, order.isReady);
  const makeRow =
    newRowCompartment &&
    (() => {
      addRow(session, newRowCompartment);
    });
  const { layout, text } = drawing;

  return (
    <section className="register-grid" aria-label={view.register.label[language]}>
      <GridToolbar
        drawing={drawing}
        context={context}
        filteredField={filteredField}
        onFilterBy={setFilteredField}
        onMakeRow={makeRow}
      />
      <div className="grid-frame">
        <div className="grid-scroller" ref={setScroller} {...pointer}>
          <div
            role="grid"
            id={gridId}
            className="grid-table"
            aria-label={view.register.label[language]}
            aria-rowcount={order.ids.length + 1}
            aria-colcount={layout.columns.length + 2}
            aria-multiselectable
            aria-busy={!order.isReady}
            style={{ width: layout.width }}
          >
            <GridHeader
              session={session}
              layout={layout}
              text={text}
              onFilterBy={setFilteredField}
            />
            <GridBody drawing={drawing} scroller={scroller} field={field} />
          </div>
          <CellEditor
            drawing={drawing}
            scroller={scroller}
            field={field}
            context={context}
            onPaste={(pasted) => {
              paste(session, pasted, newRowCompartment);
            }}
          />
        </div>
        <EmptyState drawing={drawing} onMakeRow={makeRow} />
      </div>
      <NoticeBar drawing={drawing} />
      <GridFooter drawing={drawing} />
      <PeerAnnouncer drawing={drawing} />
    </section>
  );
}

/** The session lives as long as the view; the language and the reader's choices may change under it. */
function useSession(view: RegisterView, language: Language) {
  const [held, setHeld] = useState(() => ({
    view,
    session: createGridSession(view, language, browserStorage()),
  }));
  let { session } = held;
  if (held.view !== view) {
    session = createGridSession(view, language, browserStorage());
    setHeld({ view, session });
  }
  useEffect(() => connect(session, language, browserStorage()), [session, language]);

  return session;
}

/** One object for all rows, another only when every row must be drawn again. */
function useDrawing(
  session: ReturnType<typeof useSession>,
  gridId: string,
  language: Language,
  onOpenRecord: (id: RecordId) => void,
): Drawing {
  const layout = useWatched(session.layout);
  const around = useWatched(session.surroundings);
  const text = useGridText(language);
  const open = useRef(onOpenRecord);
  useEffect(() => {
    open.current = onOpenRecord;
  }, [onOpenRecord]);
  const openRecord = useCallback((id: RecordId) => {
    open.current(id);
  }, []);

  return useMemo(
    () => ({
      session,
      gridId,
      layout,
      text,
      looks: referenceLooks(session.view, around),
      onOpenRecord: openRecord,
    }),
    [session, gridId, layout, text, around, openRecord],
  );
}

function useShownRecord(
  session: ReturnType<typeof useSession>,
  record: RecordId | undefined,
  isReady: boolean,
): void {
  useEffect(() => {
    if (record === undefined || !isReady) return;
    goToRecord(session, record);
  }, [session, record, isReady]);
}

function useViewportWidth(
  session: ReturnType<typeof useSession>,
  scroller: HTMLDivElement | null,
): void {
  useEffect(() => {
    if (scroller === null) return undefined;
    const observer = new ResizeObserver(() => {
      session.viewportWidth.set(scroller.clientWidth);
    });
    observer.observe(scroller);

    return () => {
      observer.disconnect();
    };
  }, [session, scroller]);
}
