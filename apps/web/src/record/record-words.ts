/** The sentences of the record panel, in English and Japanese. */
const en = {
  panel: 'Record: {{title}}',
  close: 'Close the record',
  sideEn: 'English',
  sideJa: 'Japanese',
  sideMissing: 'Missing on this side',
  sideOlder: 'Older than the other side',
  multiline: 'Ctrl+Enter takes the text, Esc leaves it as it was.',
  empty: 'empty',
  addTo: 'Add to “{{field}}”',
  remove: 'Remove {{element}}',
  choose: 'Not set',
  openLink: 'Open {{address}} in a new tab',
  whyLocked: 'Why can I not edit “{{field}}”?',
  allLocked: 'You can read this record, not edit it.',
  keptText: 'Your text is kept here; nothing was sent.',
  changedMeanwhile:
    'Another person changed this to “{{value}}”. Enter keeps your text, Esc takes theirs.',
  emptiedMeanwhile: 'Another person emptied this field. Enter keeps your text, Esc takes theirs.',
  peerEdits: '{{name}} is editing this field.',
  peerStands: '{{name}} is at this field.',
  marking: 'Marking: {{marking}}',

  changedBy: '{{name}} ({{party}}), {{time}}',
  historyOf: 'History of “{{field}}”',
  born: 'Created by {{name}} ({{party}}), {{time}}',
  wasEmpty: 'empty',
  historyUnavailable: 'Who changed what cannot be shown at the moment.',
  historyShort: 'Older changes are not listed here.',
  yourTime: 'Your time',
  washington: 'Washington',
  tokyo: 'Tokyo',

  archive: 'Archive',
  restore: 'Restore',
  archived: 'This record is archived. It is not listed in the register.',
  archiveHint:
    'Archiving hides the record from the register. Nothing is deleted, and it can be restored.',
  unavailable: 'This record is not available. It may have been moved, or it is not open to you.',
};

const ja: typeof en = {
  panel: '記録: {{title}}',
  close: '記録を閉じる',
  sideEn: '英語',
  sideJa: '日本語',
  sideMissing: 'この言語では未入力',
  sideOlder: 'もう一方の言語より古い内容',
  multiline: 'Ctrl+Enterで確定、Escで元に戻します。',
  empty: '空',
  addTo: '「{{field}}」に追加',
  remove: '{{element}}を外す',
  choose: '未設定',
  openLink: '{{address}}を新しいタブで開く',
  whyLocked: '「{{field}}」を編集できない理由',
  allLocked: 'この記録は閲覧のみで、編集はできません。',
  keptText: '入力した内容はここに残っています。送信はされていません。',
  changedMeanwhile:
    '他の人がこの項目を「{{value}}」に変更しました。Enterで自分の入力を残し、Escで相手の値にします。',
  emptiedMeanwhile:
    '他の人がこの項目を空にしました。Enterで自分の入力を残し、Escで空のままにします。',
  peerEdits: '{{name}}さんがこの項目を編集しています。',
  peerStands: '{{name}}さんがこの項目にいます。',
  marking: '取扱区分: {{marking}}',

  changedBy: '{{name}}({{party}})、{{time}}',
  historyOf: '「{{field}}」の変更履歴',
  born: '{{name}}さん({{party}})が{{time}}に作成',
  wasEmpty: '空',
  historyUnavailable: '変更者は現在表示できません。',
  historyShort: 'これより古い変更はここには表示されません。',
  yourTime: '現地時間',
  washington: 'ワシントン',
  tokyo: '東京',

  archive: '保管する',
  restore: '元に戻す',
  archived: 'この記録は保管済みで、台帳の一覧には表示されません。',
  archiveHint: '保管すると台帳の一覧に表示されなくなります。削除はされず、いつでも元に戻せます。',
  unavailable: 'この記録は表示できません。移動されたか、閲覧できない記録です。',
};

export const recordWords = { namespace: 'record', en, ja } as const;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    record: typeof en;
  }
}
