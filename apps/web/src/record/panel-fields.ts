/** Which fields of a register the record panel shows, and which of them are the two sides of one text. */
import { archivedField, type Field, type Register } from '@lodestone/document-model';

export interface PanelField {
  readonly name: string;
  readonly field: Field;
  /** The field of the Japanese side, where the text has two. */
  readonly translation?: string;
}

/** In the order of the declaration; a retired field only where the record still has a value in it. */
export function panelFields(
  register: Register,
  hasValue: (field: string) => boolean,
): readonly PanelField[] {
  return Object.entries(register.fields).flatMap(([name, field]) => {
    if (name === archivedField) return [];
    if (field.retired === true && !hasValue(name)) return [];
    if (field.kind === 'text' && field.translationOf !== undefined) return [];
    const translation = field.kind === 'text' ? field.translation : undefined;

    return [{ name, field, ...(translation !== undefined && { translation }) }];
  });
}

/** The first field of a web address, by which a record of the register is opened outside. */
export function addressField(register: Register): string | undefined {
  return Object.entries(register.fields).find(([, field]) => field.kind === 'url')?.[0];
}
