/** Project pipeline: mines, plants and laboratories from mine to magnet (domain.md part 4, "Project"). */
import { option, register } from '../register.ts';
import { partyReference } from './party-reference.ts';
import { provenance } from './provenance.ts';

export const project = register('project', {
  label: { en: 'Project pipeline', ja: '案件パイプライン' },
  singular: { en: 'project', ja: '案件' },
  purpose: {
    en: 'Projects that the task force follows or finances, from the mine to the magnet.',
    ja: '鉱山から磁石まで、タスクフォースが追跡または資金支援する案件です。',
  },
  title: 'name',
  owners: ['parties'],
  editing: 'owner-editors',
  sort: [{ field: 'name' }],
  lifecycle: {
    field: 'state',
    moves: {
      candidate: [{ to: 'screened' }, { to: 'dropped' }],
      screened: [{ to: 'candidate' }, { to: 'joint_priority', by: 'approver' }, { to: 'dropped' }],
      joint_priority: [{ to: 'active' }, { to: 'on_hold' }, { to: 'dropped', by: 'approver' }],
      active: [{ to: 'on_hold' }, { to: 'completed' }, { to: 'dropped', by: 'approver' }],
      on_hold: [{ to: 'active' }, { to: 'dropped', by: 'approver' }],
      completed: [{ to: 'active' }],
      dropped: [{ to: 'candidate' }],
    },
  },
  fields: {
    name: {
      kind: 'text',
      label: { en: 'Project', ja: '案件名' },
      lines: 'one',
      languages: 'both',
      required: true,
      width: 260,
    },
    country: {
      kind: 'reference',
      label: { en: 'Country', ja: '国' },
      register: 'party',
      display: 'code',
      width: 150,
    },
    stage: {
      kind: 'reference',
      label: { en: 'Stage', ja: '段階' },
      register: 'project-stage',
      display: 'pill',
      width: 200,
    },
    materials: {
      kind: 'set',
      label: { en: 'Materials', ja: '品目' },
      of: { kind: 'reference', label: { en: 'Material', ja: '品目' }, register: 'material' },
      width: 190,
    },
    chain: {
      kind: 'set',
      label: { en: 'Value-chain stages', ja: '供給網の工程' },
      of: {
        kind: 'reference',
        label: { en: 'Value-chain stage', ja: '供給網の工程' },
        register: 'stage',
      },
      width: 190,
    },
    sponsors: {
      kind: 'text',
      label: { en: 'Sponsors', ja: '事業者' },
      lines: 'one',
      width: 170,
    },
    status: { kind: 'text', label: { en: 'Status', ja: '状況' }, lines: 'many', width: 260 },
    statusAsOf: { kind: 'date', label: { en: 'Status as of', ja: '状況の時点' }, width: 104 },
    state: {
      kind: 'state',
      label: { en: 'Task force state', ja: 'タスクフォースでの状態' },
      options: {
        candidate: option('Candidate', '候補', 0),
        screened: option('Screened', '審査済み', 1),
        joint_priority: option('Joint priority', '共同優先', 2),
        active: option('Active', '進行中', 5),
        on_hold: option('On hold', '保留', 3),
        completed: option('Completed', '完了', 6),
        dropped: option('Dropped', '中止', 0),
      },
      width: 128,
    },
    parties: {
      kind: 'set',
      label: { en: 'Sponsoring and hosting parties', ja: '支援国・受入国' },
      hint: {
        en: 'Editors of these parties may edit the project.',
        ja: 'これらの国の編集者が案件を編集できます。',
      },
      of: partyReference,
      width: 170,
    },
    place: { kind: 'point', label: { en: 'Place', ja: '位置' }, width: 140 },
    notes: { kind: 'text', label: { en: 'Notes', ja: '備考' }, lines: 'many', width: 260 },
    ...provenance,
    approximate: {
      kind: 'set',
      label: { en: 'Approximate fields', ja: '概算の項目' },
      of: {
        kind: 'choice',
        label: { en: 'Field', ja: '項目' },
        options: {
          stage: option('Stage', '段階'),
          place: option('Place', '位置'),
          country: option('Country', '国'),
          materials: option('Materials', '品目'),
          status: option('Status', '状況'),
        },
      },
      aside: true,
    },
  },
});
