/** Texts that could not be taken stay here when their record is closed, and are found again when it is opened. */
import { createContext, use, useState, type ReactNode } from 'react';
import type { Value } from '@lodestone/document-model';

export interface Typing {
  readonly text: string;
  /** The stored value when typing began. */
  readonly base: Value;
}

/** By register, record and field. */
export type KeptDrafts = Map<string, Typing>;

const KeptDraftsContext = createContext<KeptDrafts | null>(null);

/** As long as one person is signed in on this page. */
export function KeepDrafts({ children }: { readonly children: ReactNode }) {
  const [drafts] = useState<KeptDrafts>(() => new Map());

  return <KeptDraftsContext value={drafts}>{children}</KeptDraftsContext>;
}

export function useKeptDrafts(): KeptDrafts {
  const drafts = use(KeptDraftsContext);
  if (drafts === null) throw new Error('Drafts are not kept here.');

  return drafts;
}
