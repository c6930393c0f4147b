/** What every field of the panel needs to read, check and write its value. */
import { createContext, use, useState } from 'react';
import {
  formatValue,
  parseValue,
  sameValue,
  type Field,
  type Language,
  type RegisterRecord,
  type Surroundings,
  type Value,
  type Words,
} from '@lodestone/document-model';
import type { RegisterView } from '../registers/register-view.ts';
import { sentences } from '../ui/sentences.ts';
import { useKeptDrafts, type Typing } from './kept-drafts.tsx';

export interface PanelScope {
  readonly view: RegisterView;
  readonly record: RegisterRecord;
  readonly around: Surroundings;
  readonly language: Language;
}

export const PanelContext = createContext<PanelScope | null>(null);

export function usePanel(): PanelScope {
  const scope = use(PanelContext);
  if (scope === null) throw new Error('There is no record panel here.');

  return scope;
}

/** Writes a value; the answer says why not, where it was not written. */
export function useWrite(): (field: string, value: Value) => Words | undefined {
  const { view, record } = usePanel();

  return (field, value) => {
    if (sameValue(record.fields[field] ?? null, value)) return undefined;
    const outcome = view.act({ edits: [{ record: record.id, field, value }] });
    if (outcome.status === 'done' || outcome.decision.effect === 'permit') return undefined;
    const { reason, remedy } = outcome.decision;

    return {
      en: sentences('en', reason.en, remedy.en),
      ja: sentences('ja', reason.ja, remedy.ja),
    };
  };
}

export interface Draft {
  readonly text: string;
  readonly isDirty: boolean;
  /** Why the text was not taken; it stays in its place all the same. */
  readonly problem: Words | undefined;
  /** What another person put there while this one typed; null where it was emptied. */
  readonly changedTo: string | null | undefined;
  type(text: string): void;
  /** Takes the text, if it can be read. `leaving` does not overrule what another person wrote meanwhile. */
  commit(how: 'asked' | 'leaving'): void;
  revert(): void;
}

/** A text that is being typed over a stored value. A remote change never overwrites it. */
export function useDraft(name: string, field: Field): Draft {
  const { view, record, around } = usePanel();
  const write = useWrite();
  const kept = useKeptDrafts();
  const key = `${view.register.name}/${record.id}/${name}`;
  const [typing, setTyping] = useState<Typing | undefined>(() => kept.get(key));
  const [problem, setProblem] = useState<Words>();
  const stored = record.fields[name] ?? null;
  const isOvertaken = typing !== undefined && !sameValue(typing.base, stored);
  const become = (next: Typing | undefined) => {
    if (next === undefined) kept.delete(key);
    else kept.set(key, next);
    setTyping(next);
    setProblem(undefined);
  };
  const clear = () => {
    become(undefined);
  };

  return {
    text: typing?.text ?? formatValue(field, stored, around),
    isDirty: typing !== undefined,
    problem,
    changedTo: isOvertaken
      ? stored === null
        ? null
        : formatValue(field, stored, around)
      : undefined,
    type: (text) => {
      become({ text, base: typing === undefined ? stored : typing.base });
    },
    commit: (how) => {
      if (typing === undefined || (how === 'leaving' && isOvertaken)) return;
      const read = parseValue(field, typing.text, around);
      if (read.status === 'invalid') {
        setProblem(read.problem.message);
        return;
      }
      const refusal = write(name, read.value);
      if (refusal === undefined) clear();
      else setProblem(refusal);
    },
    revert: clear,
  };
}
