/** Reference lists in `public`: materials, parties, value-chain stages, project stages and instruments (domain.md 2). */
import type { Field } from '../field.ts';
import { option, register, type BilingualText } from '../register.ts';
import { provenance } from './provenance.ts';

const name: BilingualText = {
  kind: 'text',
  label: { en: 'Name', ja: '名称' },
  lines: 'one',
  languages: 'both',
  required: true,
  width: 240,
};

const notes: Field = {
  kind: 'text',
  label: { en: 'Notes', ja: '備考' },
  lines: 'many',
  width: 320,
};

const order: Field = {
  kind: 'number',
  label: { en: 'Order', ja: '順序' },
  hint: {
    en: 'From 90 on: beside the path, as "on hold" is.',
    ja: '90以降は本流の外(保留など)。',
  },
  integer: true,
  min: 0,
  width: 72,
};

export const material = register('material', {
  label: { en: 'Materials', ja: '品目' },
  singular: { en: 'material', ja: '品目' },
  purpose: {
    en: 'Elements and products that the task force follows.',
    ja: '追跡対象の元素・製品です。',
  },
  title: 'name',
  keys: ['symbol'],
  editing: 'secretariat',
  home: 'public',
  sort: [{ field: 'group' }, { field: 'name' }],
  fields: {
    symbol: { kind: 'text', label: { en: 'Symbol', ja: '記号' }, lines: 'one', width: 82 },
    name,
    group: {
      kind: 'choice',
      label: { en: 'Group', ja: '分類' },
      options: {
        light_ree: option('Light rare earths', '軽希土類'),
        heavy_ree: option('Heavy rare earths', '重希土類'),
        other_ree: option('Other rare earths', 'その他の希土類'),
        product: option('Magnet products', '磁石製品'),
        battery: option('Battery materials', '電池材料'),
        minor_metal: option('Minor metals', 'レアメタル'),
        structural: option('Structural metals', '構造用金属'),
        pgm: option('Platinum group', '白金族'),
        industrial_mineral: option('Industrial minerals', '工業用鉱物'),
      },
      width: 150,
    },
    oxideFactor: {
      kind: 'number',
      label: { en: 'Metal per oxide', ja: '酸化物中の金属比' },
      hint: { en: 'Tons of metal in a ton of oxide.', ja: '酸化物1トンに含まれる金属のトン数。' },
      min: 0,
      max: 1,
      width: 112,
    },
    hsCodes: { kind: 'text', label: { en: 'HS codes', ja: 'HSコード' }, lines: 'one', width: 220 },
    uses: { kind: 'text', label: { en: 'Main uses', ja: '主な用途' }, lines: 'one', width: 280 },
    notes,
    ...provenance,
  },
});

export const party = register('party', {
  label: { en: 'Parties', ja: '参加国' },
  singular: { en: 'party', ja: '参加国' },
  purpose: {
    en: 'Governments of the task force and of its projects.',
    ja: 'タスクフォースと案件に関わる政府です。',
  },
  title: 'name',
  editing: 'administrator',
  home: 'public',
  sort: [{ field: 'role' }, { field: 'name' }],
  fields: {
    name,
    role: {
      kind: 'choice',
      label: { en: 'Role here', ja: '役割' },
      options: {
        lead: option('Lead', '主導国'),
        partner: option('Partner', '協力国'),
        project_host: option('Project host', '受入国'),
        reference_only: option('Reference only', '参照のみ'),
      },
      width: 132,
    },
    currency: { kind: 'text', label: { en: 'Currency', ja: '通貨' }, lines: 'one', width: 92 },
    notes,
    ...provenance,
  },
});

export const stage = register('stage', {
  label: { en: 'Value-chain stages', ja: '供給網の工程' },
  singular: { en: 'value-chain stage', ja: '工程' },
  purpose: { en: 'The stages from mine to magnet.', ja: '鉱山から磁石までの工程です。' },
  title: 'name',
  editing: 'secretariat',
  home: 'public',
  sort: [{ field: 'order' }],
  fields: {
    order,
    name,
    input: { kind: 'text', label: { en: 'Input', ja: '投入' }, lines: 'one', width: 200 },
    output: { kind: 'text', label: { en: 'Output', ja: '産出' }, lines: 'one', width: 200 },
    capacityUnit: { kind: 'text', label: { en: 'Unit', ja: '単位' }, lines: 'one', width: 150 },
    sideBranch: { kind: 'boolean', label: { en: 'Side branch', ja: '分岐工程' }, width: 104 },
    notes,
    ...provenance,
  },
});

export const projectStage = register('project-stage', {
  label: { en: 'Project stages', ja: '案件の段階' },
  singular: { en: 'project stage', ja: '段階' },
  purpose: {
    en: 'The stages of a project, from concept to expansion.',
    ja: '構想から拡張までの案件の段階です。',
  },
  title: 'name',
  editing: 'secretariat',
  home: 'public',
  sort: [{ field: 'order' }],
  fields: {
    order,
    name,
    entryGate: {
      kind: 'text',
      label: { en: 'Entry gate', ja: '開始条件' },
      lines: 'one',
      width: 240,
    },
    evidence: {
      kind: 'text',
      label: { en: 'Typical evidence', ja: '主な証拠' },
      lines: 'one',
      width: 240,
    },
    costAccuracy: {
      kind: 'text',
      label: { en: 'Cost accuracy', ja: '費用見積りの精度' },
      lines: 'one',
      width: 160,
    },
    deliveryProbability: {
      kind: 'number',
      label: { en: 'Delivery probability (illustrative)', ja: '実現確率(例示)' },
      min: 0,
      max: 1,
      width: 150,
    },
    notes,
    ...provenance,
  },
});

export const instrument = register('instrument', {
  label: { en: 'Instruments', ja: '支援手段' },
  singular: { en: 'instrument', ja: '支援手段' },
  purpose: {
    en: 'The ways in which parties finance, buy and store.',
    ja: '資金支援・引取・備蓄の手段です。',
  },
  title: 'name',
  editing: 'secretariat',
  home: 'public',
  sort: [{ field: 'family' }, { field: 'name' }],
  fields: {
    name,
    family: {
      kind: 'choice',
      label: { en: 'Family', ja: '区分' },
      options: {
        funding: option('Funding', '資金'),
        contingent: option('Contingent', '偶発'),
        price_support: option('Price support', '価格支援'),
        offtake: option('Offtake', '引取'),
        stockpile: option('Stockpile', '備蓄'),
        pre_commitment: option('Pre-commitment', '事前意向'),
        policy: option('Policy', '政策'),
      },
      width: 150,
    },
    amountUnit: {
      kind: 'text',
      label: { en: 'Amount in', ja: '金額の単位' },
      lines: 'one',
      width: 112,
    },
    exposureBasis: {
      kind: 'text',
      label: { en: 'Exposure', ja: 'リスクの性質' },
      lines: 'one',
      width: 240,
    },
    example: { kind: 'text', label: { en: 'Example', ja: '例' }, lines: 'one', width: 280 },
    notes,
    ...provenance,
  },
});
