/** A small register with a field of every kind the grid treats in its own way, and records for it. */
import type { Decision } from '@lodestone/access-policy';
import type {
  Field,
  RecordId,
  Register,
  RegisterName,
  RegisterRecord,
  Value,
} from '@lodestone/document-model';
import { MemoryView, type MemoryViewOptions } from './memory-view.ts';

const fields: Readonly<Record<string, Field>> = {
  name: {
    kind: 'text',
    lines: 'one',
    label: { en: 'Name', ja: '名称' },
    required: true,
    translation: 'nameJa',
  },
  nameJa: {
    kind: 'text',
    lines: 'one',
    label: { en: 'Name (Japanese)', ja: '名称(日本語)' },
    translationOf: 'name',
    aside: true,
  },
  amount: { kind: 'number', label: { en: 'Amount', ja: '量' }, unit: 't' },
  due: { kind: 'date', label: { en: 'Due', ja: '期日' } },
  party: {
    kind: 'reference',
    label: { en: 'Party', ja: '国' },
    register: 'party',
    display: 'code',
  },
  state: {
    kind: 'state',
    label: { en: 'State', ja: '状態' },
    options: {
      open: { label: { en: 'Open', ja: '未了' }, hue: 1 },
      done: { label: { en: 'Done', ja: '完了' }, hue: 6 },
    },
  },
  tags: {
    kind: 'set',
    label: { en: 'Tags', ja: 'タグ' },
    of: {
      kind: 'choice',
      label: { en: 'Tag', ja: 'タグ' },
      options: {
        red: { label: { en: 'Red', ja: '赤' } },
        blue: { label: { en: 'Blue', ja: '青' } },
      },
    },
  },
  checked: { kind: 'boolean', label: { en: 'Checked', ja: '確認済み' } },
  archived: { kind: 'boolean', label: { en: 'Archived', ja: '保管済み' }, aside: true },
};

export const things: Register = {
  name: 'thing' as RegisterName,
  version: 1,
  label: { en: 'Things', ja: '物' },
  singular: { en: 'thing', ja: '物' },
  purpose: { en: 'Things to test with.', ja: '試験用の物です。' },
  title: 'name',
  keys: [],
  owners: [],
  editing: 'any-editor',
  sort: [{ field: 'name' }],
  fields,
};

export function id(text: string): RecordId {
  return text as RecordId;
}

export function thing(name: string, more: Readonly<Record<string, Value>> = {}): RegisterRecord {
  return { id: id(name), fields: { name, ...more } };
}

export const parties: readonly RegisterRecord[] = [
  { id: id('AUS'), fields: { name: 'Australia', nameJa: '豪州' } },
  { id: id('JPN'), fields: { name: 'Japan', nameJa: '日本' } },
];

export function viewOf(
  records: readonly RegisterRecord[],
  more: Partial<MemoryViewOptions> = {},
): MemoryView {
  return new MemoryView({ register: things, records, others: { party: parties }, ...more });
}

export const denied: Decision = {
  effect: 'deny',
  reason: { en: 'Not yours.', ja: '権限がありません。' },
  remedy: { en: 'Ask.', ja: '依頼してください。' },
};
