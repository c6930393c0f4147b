/** The sentences about edits that were not accepted and cells that two people changed at once. */
const en = {
  title: 'Needs your attention',
  empty: 'Nothing needs your attention.',
  emptyHint:
    'Cells that you and another person change at the same time, and edits of yours that are not accepted, wait here until you decide.',

  conflicts_one: '{{count}} cell changed at the same time',
  conflicts_other: '{{count}} cells changed at the same time',
  conflictsHint:
    'You and another person changed these cells without seeing each other’s change. Both values are in the history; choose the one that is to stand.',
  refused_one: '{{count}} edit not accepted',
  refused_other: '{{count}} edits not accepted',
  refusedHint:
    'Nothing of these is lost: they are kept on this device until you send them again or discard them.',

  you: 'You',
  other: 'Another person',
  person: '{{name}} ({{party}})',
  stands: 'Stands now',
  emptyValue: 'empty',
  nowIs: 'In the meantime it has become',
  elementIn: '“{{element}}” is in it',
  elementOut: '“{{element}}” is not in it',
  useMine: 'Use mine',
  keepMine: 'Keep mine',
  useTheirs: 'Use theirs',
  keepTheirs: 'Keep theirs',
  leaveAsIs: 'Leave it as it is',

  yourValue: 'Your value',
  added: 'Added',
  removed: 'Taken out',
  newRecord: 'New record',
  unnamedRecord: 'A new record',
  goneRecord: 'A record that is not available',
  nowThere: 'There now',
  allowedNow: 'You may make this change now: send it again.',

  copy: 'Copy',
  copied: 'Copied',
  discard: 'Discard',
  retry: 'Send again',
  copyAll: 'Copy all',
  discardAll: 'Discard all',
  retryAll: 'Send all again',
  retryOthers_one: 'Send the {{count}} other',
  retryOthers_other: 'Send the {{count}} others',
  actOf_one: '{{count}} cell changed in one action',
  actOf_other: '{{count}} cells changed in one action',
  showCells_one: 'Show {{count}} cell',
  showCells_other: 'Show {{count}} cells',
  showRest_one: 'Show {{count}} more',
  showRest_other: 'Show {{count}} more',
  ofWhich_one: '{{count}} of them stood in the way.',
  ofWhich_other: '{{count}} of them stood in the way.',
  discardSure_one: 'Discard {{count}} value of yours? It cannot be brought back.',
  discardSure_other: 'Discard {{count}} values of yours? They cannot be brought back.',
  keepThem: 'Keep them',
  actionsFor: 'What to do with “{{field}}” of {{record}}',
  valuesOf: 'Values of “{{field}}” of {{record}}',

  saidChosen: 'Your value stands now.',
  saidTheirs: 'The other value stands now.',
  saidLeft: 'It stays as it is.',
  saidSent_one: '{{count}} value was sent again.',
  saidSent_other: '{{count}} values were sent again.',
  saidDiscarded_one: '{{count}} value was discarded.',
  saidDiscarded_other: '{{count}} values were discarded.',
  saidKept: 'What the other person wrote was kept.',

  noticeMine:
    '{{name}} ({{party}}) and you changed “{{field}}” of {{record}} at the same time. Your value stands.',
  noticeTheirs:
    '{{name}} ({{party}}) and you changed “{{field}}” of {{record}} at the same time. The other value stands.',
  noticeMany_one: 'Another person and you changed {{count}} cell at the same time.',
  noticeMany_other: 'Others and you changed {{count}} cells at the same time.',
  noticeShow: 'Show both values',
  noticeShowMany: 'Show them',
  dismiss: 'Dismiss',
  notice: 'Changed at the same time',

  fieldConflict:
    '{{name}} ({{party}}) and you changed this at the same time. Choose the value that is to stand.',
};

const ja: typeof en = {
  title: '確認が必要な編集',
  empty: '確認が必要な編集はありません。',
  emptyHint:
    '他の人と同時に変更したセルと、受理されなかった編集は、対応を決めるまでここに表示されます。',

  conflicts_one: '同時に変更されたセル: {{count}}件',
  conflicts_other: '同時に変更されたセル: {{count}}件',
  conflictsHint:
    '互いの変更を見ないまま、他の人と同じセルを変更しました。どちらの値も履歴に残っています。採用する値を選んでください。',
  refused_one: '受理されなかった編集: {{count}}件',
  refused_other: '受理されなかった編集: {{count}}件',
  refusedHint: '内容は失われていません。送り直すか破棄するまで、この端末に保管されます。',

  you: '自分',
  other: '他の人',
  person: '{{name}}({{party}})',
  stands: '現在の値',
  emptyValue: '空',
  nowIs: 'その後の値',
  elementIn: '「{{element}}」を含む',
  elementOut: '「{{element}}」を含まない',
  useMine: '自分の値にする',
  keepMine: '自分の値のままにする',
  useTheirs: '相手の値にする',
  keepTheirs: '相手の値のままにする',
  leaveAsIs: '現在の値のままにする',

  yourValue: '入力した値',
  added: '追加',
  removed: '削除',
  newRecord: '新しい記録',
  unnamedRecord: '新しい記録',
  goneRecord: '表示できない記録',
  nowThere: '現在の値',
  allowedNow: '現在はこの変更を行えます。送り直してください。',

  copy: 'コピー',
  copied: 'コピーしました',
  discard: '破棄',
  retry: '送り直す',
  copyAll: 'すべてコピー',
  discardAll: 'すべて破棄',
  retryAll: 'すべて送り直す',
  retryOthers_one: 'ほかの{{count}}件を送る',
  retryOthers_other: 'ほかの{{count}}件を送る',
  actOf_one: '1回の操作で変更した{{count}}個のセル',
  actOf_other: '1回の操作で変更した{{count}}個のセル',
  showCells_one: '{{count}}個のセルを表示',
  showCells_other: '{{count}}個のセルを表示',
  showRest_one: 'さらに{{count}}件を表示',
  showRest_other: 'さらに{{count}}件を表示',
  ofWhich_one: 'そのうち{{count}}件が受理できないものでした。',
  ofWhich_other: 'そのうち{{count}}件が受理できないものでした。',
  discardSure_one: '入力した{{count}}件の値を破棄しますか。元に戻せません。',
  discardSure_other: '入力した{{count}}件の値を破棄しますか。元に戻せません。',
  keepThem: '残す',
  actionsFor: '{{record}}の「{{field}}」への対応',
  valuesOf: '{{record}}の「{{field}}」の値',

  saidChosen: '自分の値を採用しました。',
  saidTheirs: '相手の値を採用しました。',
  saidLeft: '現在の値のままにしました。',
  saidSent_one: '{{count}}件の値を送り直しました。',
  saidSent_other: '{{count}}件の値を送り直しました。',
  saidDiscarded_one: '{{count}}件の値を破棄しました。',
  saidDiscarded_other: '{{count}}件の値を破棄しました。',
  saidKept: '相手の値を残しました。',

  noticeMine:
    '{{name}}さん({{party}})と同時に、{{record}}の「{{field}}」を変更しました。自分の値が現在の値です。',
  noticeTheirs:
    '{{name}}さん({{party}})と同時に、{{record}}の「{{field}}」を変更しました。相手の値が現在の値です。',
  noticeMany_one: '他の人と同時に{{count}}個のセルを変更しました。',
  noticeMany_other: '他の人と同時に{{count}}個のセルを変更しました。',
  noticeShow: '両方の値を見る',
  noticeShowMany: '一覧を見る',
  dismiss: '閉じる',
  notice: '同時に変更されたセル',

  fieldConflict:
    '{{name}}さん({{party}})と同時にこの項目を変更しました。採用する値を選んでください。',
};

export const attentionWords = { namespace: 'attention', en, ja } as const;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    attention: typeof en;
  }
}
