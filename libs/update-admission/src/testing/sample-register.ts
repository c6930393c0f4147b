/** A register with every case that admission tells apart. */
import { register, type Option } from '@lodestone/document-model';

const named = (name: string): { label: Option['label'] } => ({ label: { en: name, ja: name } });

export const site = register('site', {
  label: { en: 'Sites', ja: '拠点' },
  singular: { en: 'site', ja: '拠点' },
  purpose: { en: 'For tests.', ja: '試験用です。' },
  title: 'name',
  owners: ['parties'],
  editing: 'owner-editors',
  sort: [{ field: 'name' }],
  lifecycle: {
    field: 'state',
    moves: {
      planned: [{ to: 'built' }],
      built: [{ to: 'approved', by: 'approver' }, { to: 'planned' }],
      approved: [{ to: 'planned' }],
    },
  },
  fields: {
    name: { kind: 'text', ...named('Name'), lines: 'one', required: true },
    notes: { kind: 'text', ...named('Notes'), lines: 'many' },
    days: { kind: 'number', ...named('Days'), min: 0 },
    stock: { kind: 'quantity', ...named('Stock'), units: ['t', 'kg'], allows: ['withheld'] },
    place: { kind: 'point', ...named('Place') },
    active: { kind: 'boolean', ...named('Active') },
    tags: {
      kind: 'set',
      ...named('Tags'),
      of: {
        kind: 'choice',
        ...named('Tag'),
        options: { light: named('Light'), heavy: named('Heavy') },
      },
    },
    sources: {
      kind: 'set',
      ...named('Sources'),
      of: { kind: 'reference', ...named('Source'), register: 'source' },
    },
    parties: {
      kind: 'set',
      ...named('Parties'),
      of: { kind: 'reference', ...named('Party'), register: 'party' },
    },
    symbol: { kind: 'text', ...named('Symbol'), lines: 'one', fixed: true },
    oldName: { kind: 'text', ...named('Old name'), lines: 'one', retired: true },
    state: {
      kind: 'state',
      ...named('State'),
      options: { planned: named('Planned'), built: named('Built'), approved: named('Approved') },
    },
  },
});
