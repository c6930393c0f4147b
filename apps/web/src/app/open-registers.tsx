/** The registers this tab has opened, and those their references lead to: what can be counted and searched here. */
import { createContext, use, useState } from 'react';
import { findRegister, type Field } from '@lodestone/document-model';

export const OpenRegistersContext = createContext<ReadonlySet<string>>(new Set());

export function useOpenRegisters(): ReadonlySet<string> {
  return use(OpenRegistersContext);
}

/** Grows with every register that is visited. */
export function useOpenRegisterNames(current: string | undefined): ReadonlySet<string> {
  const [names, setNames] = useState<ReadonlySet<string>>(new Set());
  const added = registersAround(current).filter((name) => !names.has(name));
  if (added.length > 0) setNames(new Set([...names, ...added]));

  return names;
}

function registersAround(name: string | undefined): readonly string[] {
  const register = findRegister(name ?? '');
  if (register === undefined) return [];

  return [register.name, ...Object.values(register.fields).flatMap(referredBy)];
}

function referredBy(field: Field): readonly string[] {
  if (field.kind === 'reference') return [field.register];

  return field.kind === 'set' && field.of.kind === 'reference' ? [field.of.register] : [];
}
