/** The words of every refusal, and the exception that carries a verdict out of the decoder. */
import type { Decision } from '@lodestone/access-policy';
import type { Words } from '@lodestone/document-model';
import type { RefusalCode, Rejected, Resync } from './change.ts';
import { limits } from './limits.ts';

/** Ends an inspection early. Thrown and caught inside this library only. */
export class EarlyVerdict extends Error {
  readonly inspection: Rejected | Resync;

  constructor(inspection: Rejected | Resync) {
    super(inspection.verdict);
    this.inspection = inspection;
  }
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly message: Words;
}

/** @param detail what is wrong, for the developer of the sending program. */
export function malformed(detail: string): EarlyVerdict {
  return wholeUpdate('update.malformed', {
    en: `The update is malformed: ${detail}.`,
    ja: '更新データの形式が正しくありません。',
  });
}

export function tooLarge(): EarlyVerdict {
  const size = limits.updateBytes / 1024;

  return wholeUpdate('update.too-large', {
    en: `An update has at most ${String(size)} KiB.`,
    ja: `1回の更新は${String(size)}KiBまでです。`,
  });
}

export function foreignClientId(): EarlyVerdict {
  return wholeUpdate('client-id.foreign', {
    en: 'The update bears a client id that is not leased to this session.',
    ja: 'このセッションに割り当てられていないクライアントIDです。',
  });
}

export function resync(missing: Resync['missing']): EarlyVerdict {
  return new EarlyVerdict({ verdict: 'resync', missing });
}

function wholeUpdate(code: RefusalCode, message: Words): EarlyVerdict {
  return new EarlyVerdict({ verdict: 'rejected', code, message, changes: [] });
}

export function denied(decision: Extract<Decision, { effect: 'deny' }>): Refusal {
  const { reason, remedy } = decision;

  return {
    code: 'access.denied',
    message: { en: `${reason.en} ${remedy.en}`, ja: reason.ja + remedy.ja },
  };
}

export function invalid(message: Words): Refusal {
  return { code: 'value.invalid', message };
}

export const noSuchCell = invalid({
  en: 'There is no such cell.',
  ja: 'このセルは存在しません。',
});

export const recordExists: Refusal = {
  code: 'record.exists',
  message: { en: 'This record exists already.', ja: 'この記録はすでに存在します。' },
};

export const recordUnknown: Refusal = {
  code: 'record.unknown',
  message: { en: 'There is no such record.', ja: 'この記録は存在しません。' },
};

export const keyDeleted = invalid({
  en: 'A cell is emptied by setting it to null, never by deleting it.',
  ja: 'セルを空にするには、削除せずにnullを設定してください。',
});

export const notStorable = invalid({
  en: 'The value contains a character that cannot be stored.',
  ja: '保存できない文字が含まれています。',
});

export const fixedField = invalid({
  en: 'This field is given when the record is made and does not change.',
  ja: 'この項目は作成時に決まり、変更できません。',
});

export const retiredField = invalid({
  en: 'This field is no longer written.',
  ja: 'この項目は現在は入力できません。',
});

export const wholeSet = invalid({
  en: 'A set is changed element by element.',
  ja: '複数選択の項目は、要素ごとに変更してください。',
});

export const notElement = invalid({
  en: 'An element of a set is either in it (true) or not (false).',
  ja: '要素は、含む(true)か含まない(false)かで指定します。',
});

export const notSet = invalid({
  en: 'This field is not a set and has no elements.',
  ja: 'この項目は複数選択ではないため、要素を指定できません。',
});

export const overfullSet = invalid({
  en: 'A set has at most 256 elements.',
  ja: '要素は256個までです。',
});

export const noSuchMove = invalid({
  en: 'The record cannot go from its present state to this one.',
  ja: '現在の状態からこの状態には変更できません。',
});

export const changedByAnother: Refusal = {
  code: 'value.changed',
  message: {
    en: 'Another person changed this after you had last seen it.',
    ja: '最後に表示された後に、ほかの人が変更しました。',
  },
};
