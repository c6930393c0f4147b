/** Sources: what a figure rests on (domain.md part 4, "Source"; E44). */
import { option, register } from '../register.ts';

export const source = register('source', {
  label: { en: 'Sources', ja: '出典' },
  singular: { en: 'source', ja: '出典' },
  purpose: {
    en: 'Publications, announcements and records that figures in the workspace rest on.',
    ja: 'ワークスペースの数値が依拠する刊行物・発表・記録です。',
  },
  title: 'title',
  owners: [],
  editing: 'any-editor',
  sort: [{ field: 'publisher' }, { field: 'title' }],
  fields: {
    title: {
      kind: 'text',
      label: { en: 'Title', ja: '表題' },
      lines: 'one',
      required: true,
      width: 420,
    },
    publisher: { kind: 'text', label: { en: 'Publisher', ja: '発行元' }, lines: 'one', width: 220 },
    year: { kind: 'date', label: { en: 'Year', ja: '年' }, width: 72 },
    tier: {
      kind: 'choice',
      label: { en: 'Tier', ja: '区分' },
      options: {
        official: option('Official', '公的機関', 6),
        company: option('Company', '企業', 2),
        secondary: option('Secondary', '二次情報', 3),
        none: option('No source', '出典なし', 0),
      },
      width: 112,
    },
    url: { kind: 'url', label: { en: 'Address', ja: 'URL' }, width: 320 },
    retrieved: { kind: 'date', label: { en: 'Retrieved', ja: '取得日' }, width: 104 },
    notes: { kind: 'text', label: { en: 'Notes', ja: '備考' }, lines: 'many', width: 220 },
  },
});
