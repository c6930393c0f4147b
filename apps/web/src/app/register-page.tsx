/** One register: its line on top, the grid, and beside it the record that is open. */
import { useCallback, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import {
  findRegister,
  isRecordId,
  type CompartmentId,
  type RecordId,
} from '@lodestone/document-model';
import { RegisterGrid } from '../grid/register-grid.tsx';
import { RecordPanel } from '../record/record-panel.tsx';
import type { RegisterView } from '../registers/register-view.ts';
import { useRecordCount, useWorkspace } from '../sync/workspace-context.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { NewRowsMenu } from './new-rows-menu.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import { PageHeader } from './page-header.tsx';
import { PeopleHere } from './people-here.tsx';
import { PrintedRegister } from './printed-register.tsx';
import styles from './register-page.module.css';
import { useDocumentTitle } from './use-document-title.ts';

export function RegisterPage() {
  const { name = '', record } = useParams();
  const workspace = useWorkspace();
  const register = findRegister(name);
  if (register === undefined) return <NotFoundScreen />;
  const open = record !== undefined && isRecordId(record) ? record : undefined;

  return (
    <RegisterScreen key={name} view={workspace.registerView(register.name)} openRecord={open} />
  );
}

interface RegisterScreenProps {
  readonly view: RegisterView;
  readonly openRecord: RecordId | undefined;
}

function RegisterScreen({ view, openRecord }: RegisterScreenProps) {
  const language = useLanguage();
  const newRows = useNewRowCompartment(view);
  const { register } = view;
  const title = register.label[language];
  const { toRecord, toRegister } = useWays(register.name);
  useDocumentTitle(title);

  return (
    <>
      <main id="content" className={styles.page} tabIndex={-1}>
        <PageHeader title={title}>
          <PeopleHere view={view} onJump={toRecord} />
          {newRows.chosen !== undefined && newRows.compartments.length > 1 && (
            <NewRowsMenu
              compartments={newRows.compartments}
              chosen={newRows.chosen}
              onChoose={newRows.choose}
            />
          )}
        </PageHeader>
        <div className={styles.onScreen}>
          <RegisterGrid
            view={view}
            newRowCompartment={newRows.chosen?.id}
            onOpenRecord={toRecord}
            {...(openRecord !== undefined && { shownRecord: openRecord })}
            language={language}
          />
        </div>
        <PrintedRegister view={view} />
      </main>
      {openRecord !== undefined && (
        <RecordPanel key={openRecord} view={view} id={openRecord} onClose={toRegister} />
      )}
    </>
  );
}

function useWays(register: string) {
  const navigate = useNavigate();
  const toRecord = useCallback(
    (record: RecordId) => {
      void navigate(`/registers/${register}/${record}`);
    },
    [navigate, register],
  );
  const toRegister = useCallback(() => {
    void navigate(`/registers/${register}`);
  }, [navigate, register]);

  return { toRecord, toRegister };
}

/** Rights may come with the documents, so the list is read again whenever the list of records changes. */
function useNewRowCompartment(view: RegisterView) {
  useRecordCount(view);
  const [wanted, choose] = useState<CompartmentId>();
  const compartments = view.compartments();
  const chosen = compartments.find(({ id }) => id === wanted) ?? compartments[0];

  return { compartments, chosen, choose };
}
