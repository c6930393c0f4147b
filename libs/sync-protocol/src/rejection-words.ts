/** What each code means to the person whose edit it answers (SP3). */
import type { Words } from '@lodestone/document-model';
import type { RejectionCode } from './codes.ts';

export const rejectionWords = {
  'access.denied': {
    en: 'You may not make this change.',
    ja: 'この変更を行う権限がありません。',
  },
  'value.invalid': {
    en: 'A value does not fit its field.',
    ja: '項目に合わない値が含まれています。',
  },
  'value.changed': {
    en: 'Someone else changed this after you last saw it.',
    ja: '最後に表示した後に、他の人がこの内容を変更しました。',
  },
  'record.exists': {
    en: 'A record with this identifier already exists.',
    ja: 'この識別子の記録はすでに存在します。',
  },
  'record.unknown': {
    en: 'The record that this belongs to does not exist.',
    ja: '対象の記録が存在しません。',
  },
  'update.malformed': {
    en: 'The server could not read this change.',
    ja: 'サーバーがこの変更を読み取れませんでした。',
  },
  'update.too-large': {
    en: 'This change is too large to be sent.',
    ja: 'この変更は大きすぎるため送信できません。',
  },
  'update.unstorable': {
    en: 'The server cannot store this change, even if it is sent again.',
    ja: 'この変更は、再送してもサーバーに保存できません。',
  },
  'client-id.foreign': {
    en: 'The server did not recognise this device.',
    ja: 'サーバーがこの端末を認識できませんでした。',
  },
  'rate.limited': {
    en: 'Too many changes arrived at once.',
    ja: '短時間に変更が集中しました。',
  },
  'session.ended': {
    en: 'Your session has ended.',
    ja: 'セッションが終了しました。',
  },
  'protocol.version': {
    en: 'This page is older than the server.',
    ja: 'このページはサーバーより古い版です。',
  },
  unavailable: {
    en: 'The server cannot store changes at the moment.',
    ja: 'サーバーは現在、変更を保存できません。',
  },
} as const satisfies Record<RejectionCode, Words>;
