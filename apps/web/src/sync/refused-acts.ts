/** The tray as acts of their author: each with its cells, what was wanted of them, and what stood in the way. */
import {
  findRegister,
  parseDocumentName,
  type Intent,
  type Words,
} from '@lodestone/document-model';
import { rejectionWords } from '@lodestone/sync-protocol';
import type { TrayItem } from '@lodestone/sync-provider';
import { valueProblem } from './check-intent.ts';
import type { RefusedAct, RefusedLine, Wanted } from './workspace-port.ts';

/** Oldest first; the edits of one act together, in their order. */
export function toRefusedActs(items: readonly TrayItem[]): readonly RefusedAct[] {
  const groups = new Map<string, TrayItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);

  return [...groups].map(([id, members]) => ({
    id,
    at: Math.min(...members.map(({ at, madeAt }) => madeAt ?? at)),
    lines: members.flatMap(linesOf),
  }));
}

/** The intents of lines, for each edit they are parts of. */
export function intentsByEdit(
  lines: readonly RefusedLine[],
): ReadonlyMap<string, readonly Intent[]> {
  const byEdit = new Map<string, Intent[]>();
  for (const { edit, intents } of lines) {
    const known = byEdit.get(edit) ?? [];
    known.push(...intents);
    byEdit.set(edit, known);
  }

  return byEdit;
}

function linesOf(item: TrayItem): readonly RefusedLine[] {
  const { compartment = '', register = '' } = parseDocumentName(item.document) ?? {};
  const intents = new Map<string, [Intent, ...Intent[]]>();
  const created = new Set<string>();
  for (const intent of item.intents) {
    if (intent.act === 'create') created.add(intent.record);
    // Cells of a record that the same edit makes go with it.
    const field = intent.act === 'create' || created.has(intent.record) ? '' : intent.field;
    const key = `${intent.record}/${field}`;
    const known = intents.get(key);
    if (known === undefined) intents.set(key, [intent]);
    else known.push(intent);
  }

  return [...intents].map(([key, own]) => {
    const [record = '', field = ''] = key.split('/');

    return {
      id: `${item.edit} ${key}`,
      edit: item.edit,
      ...{ compartment, register, record: record as RefusedLine['record'], field },
      intents: own,
      wanted: wantedOf(own),
      ...obstacleOf(item, { register, record, field, intents: own }),
    };
  });
}

function wantedOf(intents: readonly [Intent, ...Intent[]]): Wanted {
  const [first] = intents;
  switch (first.act) {
    case 'create': {
      const later = intents.flatMap((intent) =>
        intent.act === 'set' ? [[intent.field, intent.value] as const] : [],
      );

      return { kind: 'record', fields: { ...first.birth, ...Object.fromEntries(later) } };
    }
    case 'set': {
      const last = intents.findLast((intent) => intent.act === 'set');

      return { kind: 'value', value: last?.value ?? null };
    }
    case 'element': {
      const elements = new Map(
        intents.flatMap((intent) =>
          intent.act === 'element' ? [[intent.element, intent.present] as const] : [],
        ),
      );
      const named = (present: boolean) =>
        [...elements].filter(([, is]) => is === present).map(([element]) => element);

      return { kind: 'elements', added: named(true), removed: named(false) };
    }
  }
}

interface Cell {
  readonly register: string;
  readonly record: string;
  readonly field: string;
  readonly intents: readonly [Intent, ...Intent[]];
}

/** So many cells of an edit are spoken of; beyond it silence says nothing. */
const mostNamed = 100;

/** The word on this cell; where others were spoken of, this one merely came with them. */
function obstacleOf(
  { code, reason, remedy, changes = [] }: TrayItem,
  cell: Cell,
): Pick<RefusedLine, 'code' | 'reason' | 'remedy'> {
  const own = changes.find(
    (change) =>
      change.record === cell.record && (change.field === cell.field || isElementOf(change, cell)),
  );
  if (own === undefined) {
    return changes.length > 0 && changes.length < mostNamed
      ? { code: 'group.stopped', reason: cameWithOthers }
      : { code, reason, ...(remedy !== undefined && { remedy }) };
  }
  const known = (rejectionWords as Partial<Record<string, Words>>)[own.code] ?? reason;
  const problem = own.code === 'value.invalid' ? faultOf(cell) : undefined;

  return {
    code: own.code,
    reason: own.reason ?? problem ?? known,
    ...(own.remedy !== undefined && { remedy: own.remedy }),
  };
}

function isElementOf({ field }: { readonly field: string }, cell: Cell): boolean {
  return cell.field !== '' && field.startsWith(`${cell.field}/`);
}

/** The field's own words; the server's general ones where the program does not find the fault. */
function faultOf({ register: name, intents: [intent] }: Cell): Words | undefined {
  const register = findRegister(name);

  return register && valueProblem(intent, register);
}

const cameWithOthers: Words = {
  en: 'It was part of an action of which another cell was not accepted.',
  ja: '同じ操作に含まれる別のセルが受理されませんでした。',
};
