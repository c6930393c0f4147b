/** Says why a request is denied and who could do it, in whole sentences of both languages (AP4, AP5). */
import type { Language, PartyCode, Words } from '@lodestone/document-model';
import { isInAudience } from './audience.ts';
import type { AccessRequest, Role } from './request.ts';
import { isAbout, type Rule, type RuleSet } from './rule.ts';

export interface Explanation {
  readonly reason: Words;
  readonly remedy: Words;
}

export type PartyNames = (party: PartyCode) => Words;

const codes: PartyNames = (party) => ({ en: party, ja: party });

export const roleNames: Readonly<Record<Role, Words>> = {
  editor: { en: 'editors', ja: '編集担当' },
  approver: { en: 'approvers', ja: '承認担当' },
  secretariat: { en: 'the secretariat', ja: '事務局' },
  administrator: { en: 'administrators', ja: '管理者' },
  auditor: { en: 'auditors', ja: '監査担当' },
  observer: { en: 'observers', ja: 'オブザーバー' },
};

const members: Words = { en: 'members', ja: '参加者' };

export function explainDenial(
  rules: RuleSet,
  request: AccessRequest,
  names: PartyNames = codes,
): Explanation {
  const { actor, action, resource } = request;
  if (action === 'read' || !isInAudience(actor, resource.audience)) return notAvailable;
  const open = rules.filter((rule) => isAbout(rule, request));
  const anyParty = namesOfRoles(open.filter((rule) => rule.party === 'any'));
  const ownParty = namesOfRoles(open.filter((rule) => rule.party === 'own'));
  if (ownParty === undefined) return anyParty === undefined ? nobody : onlyRoles(anyParty);
  const owners = resource.owners ?? [];
  if (owners.length === 0) {
    if (anyParty !== undefined) return onlyRoles(anyParty);

    return action === 'create' ? noOwnerYet : noOwner;
  }
  const parties = list(owners.map(names));
  if (anyParty !== undefined) return onlyRolesOr(anyParty, ownParty, parties);

  return owners.includes(actor.party)
    ? onlyRolesOf(ownParty, parties)
    : onlyParties(ownParty, parties, names(actor.party));
}

/** Who the rules speak of; undefined where there is no rule. */
function namesOfRoles(rules: readonly Rule[]): Words | undefined {
  if (rules.length === 0) return undefined;
  if (rules.some((rule) => rule.roles === 'anyone')) return members;
  const named = new Set(rules.flatMap((rule) => rule.roles as readonly Role[]));

  return list([...named].map((role) => roleNames[role]));
}

function list(items: readonly Words[]): Words {
  const inLanguage = (language: Language) =>
    new Intl.ListFormat(language, { type: 'disjunction' }).format(
      items.map((item) => item[language]),
    );

  return { en: inLanguage('en'), ja: inLanguage('ja') };
}

/** The same words whether the thing is hidden or missing. */
const notAvailable: Explanation = {
  reason: { en: 'This is not available.', ja: '表示できません。' },
  remedy: { en: 'Nothing can be done here.', ja: 'ここでできることはありません。' },
};

const nobody: Explanation = {
  reason: { en: 'Nobody changes this here.', ja: 'ここでは誰も変更できません。' },
  remedy: { en: 'Ask an administrator.', ja: '管理者に問い合わせてください。' },
};

const noOwner: Explanation = {
  reason: {
    en: 'No party is named as owner of this record.',
    ja: 'この記録には担当国が設定されていません。',
  },
  remedy: { en: 'Ask the secretariat.', ja: '事務局に問い合わせてください。' },
};

const noOwnerYet: Explanation = {
  reason: {
    en: 'A new record must name the party it belongs to.',
    ja: '新しい記録には担当国の設定が必要です。',
  },
  remedy: { en: 'Name your own party.', ja: '自国を設定してください。' },
};

function onlyRoles(who: Words): Explanation {
  return {
    reason: { en: `Only ${who.en} may change this.`, ja: `変更できるのは${who.ja}だけです。` },
    remedy: { en: `Ask ${who.en}.`, ja: `${who.ja}に依頼してください。` },
  };
}

function onlyRolesOr(anyParty: Words, ownParty: Words, parties: Words): Explanation {
  return {
    reason: {
      en: `Only ${anyParty.en}, or ${ownParty.en} of ${parties.en}, may change this.`,
      ja: `変更できるのは${anyParty.ja}、または${parties.ja}の${ownParty.ja}だけです。`,
    },
    remedy: { en: `Ask ${anyParty.en}.`, ja: `${anyParty.ja}に依頼してください。` },
  };
}

function onlyRolesOf(who: Words, parties: Words): Explanation {
  return {
    reason: {
      en: `Only ${who.en} of ${parties.en} may change this.`,
      ja: `変更できるのは${parties.ja}の${who.ja}だけです。`,
    },
    remedy: { en: `Ask ${who.en} of your own party.`, ja: `自国の${who.ja}に依頼してください。` },
  };
}

function onlyParties(who: Words, parties: Words, own: Words): Explanation {
  return {
    reason: {
      en: `Only ${who.en} of ${parties.en} may change this.`,
      ja: `変更できるのは${parties.ja}の${who.ja}だけです。`,
    },
    remedy: {
      en: `You belong to ${own.en}. Ask ${who.en} of ${parties.en}.`,
      ja: `あなたの所属は${own.ja}です。${parties.ja}の${who.ja}に依頼してください。`,
    },
  };
}
