/** What refused edits wanted, as text: for the clipboard, in the form in which spreadsheets exchange cells. */
import {
  findRegister,
  formatElement,
  formatValue,
  titleOf,
  type Surroundings,
  type Value,
} from '@lodestone/document-model';
import { formatBlock } from '../grid/clipboard/tsv.ts';
import type { RegisterView } from '../registers/register-view.ts';
import type { RefusedLine } from '../sync/workspace-port.ts';

/** One cell: its text, or for a new record its fields, a line each. */
export function textOfLine(line: RefusedLine, around: Surroundings): string {
  const { wanted } = line;
  if (wanted.kind !== 'record') return cellText(line, around);

  return formatBlock(
    Object.entries(wanted.fields).map(([field, value]) => [
      labelOf(line.register, field, around),
      valueText(line.register, field, value, around),
    ]),
  );
}

/** Many cells: a block for each register, records down and fields across, with their names. */
export function textOfLines(
  lines: readonly RefusedLine[],
  viewOf: (register: string) => RegisterView,
): string {
  const registers = new Set(lines.map(({ register }) => register));

  return [...registers]
    .map((register) =>
      blockOf(
        lines.filter((line) => line.register === register),
        viewOf(register),
      ),
    )
    .join('\n\n');
}

function blockOf(lines: readonly RefusedLine[], view: RegisterView): string {
  const around = view.around();
  const rows = new Map<string, Map<string, string>>();
  const fields = new Set<string>();
  for (const line of lines) {
    const row = rows.get(line.record) ?? new Map<string, string>();
    rows.set(line.record, row);
    for (const [field, text] of textsOf(line, around)) {
      fields.add(field);
      row.set(field, text);
    }
  }
  const { register } = view;
  const columns = [...fields];
  const head = [
    register.label[around.language],
    ...columns.map((f) => labelOf(register.name, f, around)),
  ];
  const body = [...rows].map(([id, row]) => {
    const record = view.record(id as RefusedLine['record']);
    const title = record === undefined ? '' : titleOf(register, record, around.language);

    return [title, ...columns.map((field) => row.get(field) ?? '')];
  });

  return formatBlock([head, ...body]);
}

function textsOf(line: RefusedLine, around: Surroundings): readonly (readonly [string, string])[] {
  if (line.wanted.kind !== 'record') return [[line.field, cellText(line, around)]];

  return Object.entries(line.wanted.fields).map(([field, value]) => [
    field,
    valueText(line.register, field, value, around),
  ]);
}

function cellText({ register, field, wanted }: RefusedLine, around: Surroundings): string {
  if (wanted.kind === 'value') return valueText(register, field, wanted.value, around);
  if (wanted.kind === 'record') return '';
  const declared = findRegister(register)?.fields[field];
  const titles = (elements: readonly string[]) =>
    elements.map((one) => (declared?.kind === 'set' ? formatElement(declared, one, around) : one));

  return [...titles(wanted.added), ...titles(wanted.removed).map((title) => `−${title}`)].join(
    '; ',
  );
}

function valueText(register: string, field: string, value: Value, around: Surroundings): string {
  const declared = findRegister(register)?.fields[field];
  if (value === null) return '';

  return declared === undefined ? JSON.stringify(value) : formatValue(declared, value, around);
}

function labelOf(register: string, field: string, { language }: Surroundings): string {
  return findRegister(register)?.fields[field]?.label[language] ?? field;
}
