/** A cell as these screens speak of it: its names in the reader's language, what stands in it, and values as text. */
import { useTranslation } from 'react-i18next';
import {
  findRegister,
  formatElement,
  formatValue,
  titleOf,
  type Field,
  type RecordId,
  type Register,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import { useAround } from '../record/use-around.ts';
import type { RegisterView } from '../registers/register-view.ts';
import { useRecord, useRecordCount, useWorkspace } from '../sync/workspace-context.tsx';
import { useLanguage } from '../ui/use-language.ts';

export interface CellPlace {
  readonly register: string;
  readonly record: RecordId;
  /** Empty for the record itself. */
  readonly field: string;
}

export interface Cell {
  readonly view: RegisterView;
  readonly register: Register;
  readonly around: Surroundings;
  readonly declared: Field | undefined;
  readonly fieldLabel: string;
  /** Undefined where the record is not to be seen here (yet). */
  readonly recordTitle: string | undefined;
  /** What stands in the cell now. */
  readonly stands: Value;
  readonly text: (value: Value) => string;
  readonly element: (element: string) => string;
}

/** Opens the register, if it is not open: what stands now has to be known. */
export function useCell({ register: name, record: id, field }: CellPlace): Cell {
  const { t } = useTranslation('attention');
  const language = useLanguage();
  const view = useWorkspace().registerView(name);
  const record = useRecord(view, id);
  useRecordCount(view);
  const around = useAround(view, language);
  const { register } = view;
  const declared = register.fields[field];

  return {
    ...{ view, register, around, declared },
    fieldLabel: declared?.label[language] ?? t('newRecord'),
    recordTitle: record && titleOf(register, record, language),
    stands: record?.fields[field] ?? null,
    text: (value) => textOf(declared, value, around),
    element: (element) =>
      declared?.kind === 'set' ? formatElement(declared, element, around) : element,
  };
}

/** The fields of a record that was to be made, as label and text. */
export function fieldTexts(
  registerName: string,
  fields: Readonly<Record<string, Value>>,
  around: Surroundings,
): readonly { readonly field: string; readonly label: string; readonly text: string }[] {
  const register = findRegister(registerName);

  return Object.entries(fields).map(([field, value]) => {
    const declared = register?.fields[field];

    return {
      field,
      label: declared?.label[around.language] ?? field,
      text: textOf(declared, value, around),
    };
  });
}

function textOf(declared: Field | undefined, value: Value, around: Surroundings): string {
  if (value === null) return '';

  return declared === undefined ? JSON.stringify(value) : formatValue(declared, value, around);
}
