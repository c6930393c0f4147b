/** Capacity lines: what a project makes, at which stage, on which basis (domain.md part 4, "Capacity line"; 2.1). */
import { option, register } from '../register.ts';
import { partyReference } from './party-reference.ts';
import { provenance } from './provenance.ts';

/** The units in which the field states capacities; a ton of ore, oxide, metal and magnet are different things. */
const units = [
  't/yr',
  't REO/yr',
  't REO in concentrate/yr',
  't NdPr oxide/yr',
  't NdPr/yr',
  't NdPr metal/yr',
  't NdFeB/yr',
  't Dy/yr',
  't Tb/yr',
  't Dy+Tb oxide/yr',
  't Ga/yr',
  't HRE feedstock/yr',
  't REE concentrate/yr',
  't concentrate/yr',
  't mixed carbonate/yr',
  't magnets/yr',
  't LCE/yr',
  'kg/yr',
  't ore/day',
  't mud/day',
] as const;

export const capacityLine = register('capacity-line', {
  label: { en: 'Capacity lines', ja: '生産能力' },
  singular: { en: 'capacity line', ja: '生産能力' },
  purpose: {
    en: 'What each project makes or will make: stage, product, quantity and basis.',
    ja: '各案件の生産能力(工程・製品・数量・根拠)です。',
  },
  title: 'product',
  owners: ['parties'],
  editing: 'owner-editors',
  sort: [{ field: 'project' }, { field: 'product' }],
  lifecycle: {
    field: 'state',
    moves: {
      planned: [{ to: 'built' }, { to: 'operating' }],
      built: [{ to: 'operating' }, { to: 'planned' }],
      operating: [{ to: 'built' }],
    },
  },
  fields: {
    product: {
      kind: 'text',
      label: { en: 'Product', ja: '製品' },
      lines: 'one',
      required: true,
      width: 240,
    },
    project: {
      kind: 'reference',
      label: { en: 'Project', ja: '案件' },
      register: 'project',
      width: 260,
    },
    stage: {
      kind: 'reference',
      label: { en: 'Value-chain stage', ja: '供給網の工程' },
      register: 'stage',
      width: 150,
    },
    quantity: {
      kind: 'quantity',
      label: { en: 'Capacity', ja: '生産能力' },
      units,
      min: 0,
      allows: ['withheld', 'not-available', 'bound', 'band'],
      width: 190,
    },
    basis: { kind: 'text', label: { en: 'Basis', ja: '根拠' }, lines: 'one', width: 220 },
    fromYear: { kind: 'date', label: { en: 'From', ja: '開始時期' }, width: 92 },
    state: {
      kind: 'state',
      label: { en: 'State', ja: '状態' },
      options: {
        planned: option('Planned', '計画', 2),
        built: option('Built', '建設済み', 4),
        operating: option('Operating', '操業中', 6),
      },
      width: 112,
    },
    parties: {
      kind: 'set',
      label: { en: 'Parties', ja: '参加国' },
      hint: {
        en: 'Editors of these parties may edit the line.',
        ja: 'これらの国の編集者が編集できます。',
      },
      of: partyReference,
      width: 150,
    },
    notes: { kind: 'text', label: { en: 'Notes', ja: '備考' }, lines: 'many', width: 220 },
    ...provenance,
  },
});
