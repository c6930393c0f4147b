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

    return { en: `${reason.en} ${remedy.en}`, ja: `${reason.ja}${remedy.ja}` };
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

interface Typing {
  readonly text: string;
  /** The stored value when typing began. */
  readonly base: Value;
}

/** A text that is being typed over a stored value. A remote change never overwrites it. */
export function useDraft(name: string, field: Field): Draft {
  const { record, around } = usePanel();
  const write = useWrite();
  const [typing, setTyping] = useState<Typing>();
  const [problem, setProblem] = useState<Words>();
  const stored = record.fields[name] ?? null;
  const isOvertaken = typing !== undefined && !sameValue(typing.base, stored);
  const clear = () => {
    setTyping(undefined);
    setProblem(undefined);
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
      setTyping((before) => ({ text, base: before?.base ?? stored }));
      setProblem(undefined);
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
