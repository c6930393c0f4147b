/** May a cell be set, or a record be made? The same evaluator as the server's, and what the declaration itself forbids. */
import {
  actionOf,
  actionsOfBirth,
  decide,
  ownersOf,
  type Action,
  type Decision,
  type PartyNames,
} from '@lodestone/access-policy';
import type { PartyCode, Register, RegisterRecord, Value, Words } from '@lodestone/document-model';
import type { DocumentRights } from './document-rights.ts';

export interface CellQuestion {
  readonly register: Register;
  readonly record: RegisterRecord;
  readonly field: string;
  /** The value to be set, where it is known. */
  readonly to?: Value;
}

export function decideCell(
  question: CellQuestion,
  rights: DocumentRights,
  names: PartyNames,
): Decision {
  const { register, record, field } = question;
  const declared = register.fields[field];
  if (declared === undefined || declared.retired === true) return closed(retired);
  if (declared.fixed === true) return closed(fixed);
  const owners = ownersOf(register, (owner) => record.fields[owner]);
  const ask = (action: Action) => decideAction({ register, action, owners, field }, rights, names);
  const actions = actionsOf(question);
  const [first] = actions;
  if (first === undefined) return closed(question.to === undefined ? lastState : noSuchMove);
  const permitted = actions.map(ask).find(({ effect }) => effect === 'permit');

  return permitted ?? ask(first);
}

/** May a record be made with these first values? */
export function decideBirth(
  register: Register,
  birth: Readonly<Record<string, Value>>,
  rights: DocumentRights,
  names: PartyNames,
): Decision {
  const owners = ownersOf(register, (owner) => birth[owner]);
  const ask = (action: Action) => decideAction({ register, action, owners }, rights, names);
  const denied = actionsOfBirth(register, birth)
    .map(ask)
    .find(({ effect }) => effect === 'deny');

  return denied ?? ask('create');
}

function decideAction(
  {
    register,
    action,
    owners,
    field,
  }: {
    readonly register: Register;
    readonly action: Action;
    readonly owners: readonly PartyCode[];
    readonly field?: string;
  },
  { actor, audience, rules }: DocumentRights,
  names: PartyNames,
): Decision {
  const resource = {
    audience,
    register: register.name,
    owners,
    ...(field !== undefined && { field }),
  };

  return decide(rules, { actor, action, resource }, names);
}

/** What setting the cell would be: one action where the value is known, any that could be where it is not. */
function actionsOf({ register, record, field, to }: CellQuestion): readonly Action[] {
  const from = record.fields[field] ?? null;
  if (register.lifecycle?.field !== field) return ['update'];
  if (to !== undefined) {
    const action = actionOf(register, field, { from, to });

    return action === undefined ? [] : [action];
  }
  if (from === null) return ['move'];
  const moves = typeof from === 'string' ? (register.lifecycle.moves[from] ?? []) : [];

  return [...new Set(moves.map(({ by }): Action => (by === 'approver' ? 'approve' : 'move')))];
}

function closed({ reason, remedy }: { readonly reason: Words; readonly remedy: Words }): Decision {
  return { effect: 'deny', reason, remedy };
}

const retired = {
  reason: { en: 'This field is no longer used.', ja: 'この項目は現在使われていません。' },
  remedy: { en: 'Use the field that replaced it.', ja: '後継の項目を使ってください。' },
};

const fixed = {
  reason: {
    en: 'This was given when the record was made, and stays.',
    ja: 'この値は作成時に決まり、変更できません。',
  },
  remedy: { en: 'Make a new record instead.', ja: '新しい記録を作成してください。' },
};

const lastState = {
  reason: {
    en: 'No further step leads on from this state.',
    ja: 'この状態から進める先はありません。',
  },
  remedy: { en: 'Nothing needs to be done.', ja: '操作は必要ありません。' },
};

const noSuchMove = {
  reason: {
    en: 'This step is not possible from the present state.',
    ja: '現在の状態からその状態には移れません。',
  },
  remedy: {
    en: 'Choose one of the states that are offered.',
    ja: '選択できる状態から選んでください。',
  },
};
