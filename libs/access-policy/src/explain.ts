/** Says why a request is denied and who could do it, in whole sentences of both languages (AP5). */
import type { PartyCode, Words } from '@lodestone/document-model';
import { isInAudience } from './audience.ts';
import type { AccessRequest, Role } from './request.ts';
import type { Rule, RuleSet } from './rule.ts';

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

export function explainDenial(
  rules: RuleSet,
  request: AccessRequest,
  names: PartyNames = codes,
): Explanation {
  const { actor, action, resource } = request;
  if (!isInAudience(actor, resource.audience)) return notAvailable;
  const open = rules.filter(
    (rule) =>
      rule.actions.includes(action) &&
      (rule.register === '*' || rule.register === resource.register) &&
      (rule.fields === undefined || rule.fields.includes(resource.field ?? '')),
  );
  if (open.length === 0) return nobody;
  const roles = [...new Set(open.flatMap((rule) => (rule.roles === 'anyone' ? [] : rule.roles)))];
  const who = {
    en: list(
      roles.map((role) => roleNames[role].en),
      'en',
    ),
    ja: list(
      roles.map((role) => roleNames[role].ja),
      'ja',
    ),
  };
  if (!open.every((rule) => rule.party === 'own')) return onlyRoles(who);
  const owners = resource.owners ?? [];
  if (owners.length === 0) return noOwner;
  const parties = {
    en: list(
      owners.map((party) => names(party).en),
      'en',
    ),
    ja: list(
      owners.map((party) => names(party).ja),
      'ja',
    ),
  };

  return isOwner(open, request)
    ? onlyRolesOf(who, parties)
    : onlyParties(who, parties, names(actor.party));
}

function isOwner(rules: readonly Rule[], { actor, resource }: AccessRequest): boolean {
  return rules.length > 0 && (resource.owners ?? []).includes(actor.party);
}

function list(items: readonly string[], language: 'en' | 'ja'): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(items);
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

function onlyRoles(who: Words): Explanation {
  return {
    reason: { en: `Only ${who.en} may change this.`, ja: `変更できるのは${who.ja}だけです。` },
    remedy: { en: `Ask ${who.en}.`, ja: `${who.ja}に依頼してください。` },
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
