/** Milestones and permits with baseline, forecast and actual dates (domain.md 2.2 and part 4, "Milestone, permit"). */
import { option, register } from '../register.ts';
import { partyReference } from './party-reference.ts';
import { provenance } from './provenance.ts';

export const milestone = register('milestone', {
  label: { en: 'Milestones and permits', ja: 'マイルストーン・許認可' },
  singular: { en: 'milestone', ja: 'マイルストーン' },
  purpose: {
    en: 'The dates a project is held to: as first planned, as now expected, and as they came.',
    ja: '案件の期日です。当初計画・現在の見込み・実績を並べます。',
  },
  title: 'name',
  owners: ['parties'],
  editing: 'owner-editors',
  sort: [{ field: 'forecast' }, { field: 'project' }],
  lifecycle: {
    field: 'state',
    moves: {
      planned: [{ to: 'filed' }, { to: 'done' }, { to: 'missed' }],
      filed: [{ to: 'in_review' }, { to: 'planned' }],
      in_review: [{ to: 'granted' }, { to: 'refused' }],
      granted: [{ to: 'appealed' }],
      refused: [{ to: 'appealed' }, { to: 'filed' }],
      appealed: [{ to: 'granted' }, { to: 'refused' }],
      done: [{ to: 'planned' }],
      missed: [{ to: 'planned' }, { to: 'done' }],
    },
  },
  fields: {
    name: {
      kind: 'text',
      label: { en: 'Milestone', ja: 'マイルストーン' },
      lines: 'one',
      languages: 'both',
      required: true,
      width: 240,
    },
    project: {
      kind: 'reference',
      label: { en: 'Project', ja: '案件' },
      register: 'project',
      width: 260,
    },
    type: {
      kind: 'choice',
      label: { en: 'Type', ja: '種別' },
      options: {
        milestone: option('Milestone', 'マイルストーン'),
        permit: option('Permit', '許認可'),
      },
      width: 112,
    },
    state: {
      kind: 'state',
      label: { en: 'State', ja: '状態' },
      options: {
        planned: option('Planned', '予定', 0),
        filed: option('Filed', '申請済み', 1),
        in_review: option('In review', '審査中', 2),
        granted: option('Granted', '許可', 6),
        refused: option('Refused', '不許可', 4),
        appealed: option('Appealed', '不服申立て', 3),
        done: option('Done', '達成', 6),
        missed: option('Missed', '未達', 4),
      },
      width: 112,
    },
    baseline: { kind: 'date', label: { en: 'Baseline', ja: '当初計画' }, width: 104 },
    forecast: { kind: 'date', label: { en: 'Forecast', ja: '見込み' }, width: 104 },
    actual: { kind: 'date', label: { en: 'Actual', ja: '実績' }, width: 104 },
    authority: {
      kind: 'text',
      label: { en: 'Authority', ja: '所管当局' },
      lines: 'one',
      width: 180,
    },
    fastTrack: { kind: 'boolean', label: { en: 'Fast track', ja: '優先審査' }, width: 92 },
    parties: {
      kind: 'set',
      label: { en: 'Parties', ja: '参加国' },
      hint: {
        en: 'Editors of these parties may edit the milestone.',
        ja: 'これらの国の編集者が編集できます。',
      },
      of: partyReference,
      width: 150,
    },
    notes: { kind: 'text', label: { en: 'Notes', ja: '備考' }, lines: 'many', width: 220 },
    ...provenance,
  },
});
