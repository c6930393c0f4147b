/** The sentences of signing in, in English and Japanese. */
const en = {
  title: 'Sign in',
  email: 'E-mail address',
  password: 'Password',
  showPassword: 'Show the password',
  hidePassword: 'Hide the password',
  submit: 'Sign in',
  submitting: 'Signing in…',
  emailMissing: 'Please enter your e-mail address.',
  passwordMissing: 'Please enter your password.',
  capsLock: 'Caps Lock is on.',
  noticeTitle: 'Unclassified information only',
  wrong: 'The e-mail address or the password is not right.',
  secondFactor:
    'This account needs a second factor, which this page cannot ask for yet. Ask an administrator.',
  throttledSeconds_one: 'There were too many attempts. Please try again in {{count}} second.',
  throttledSeconds_other: 'There were too many attempts. Please try again in {{count}} seconds.',
  throttledMinutes_one: 'There were too many attempts. Please try again in {{count}} minute.',
  throttledMinutes_other: 'There were too many attempts. Please try again in {{count}} minutes.',
  throttled: 'There were too many attempts. Please wait a moment and try again.',
  wrongAddress:
    'The server does not accept sign-ins from this address. Open Lodestone under the address that your administrators gave you.',
  unavailable:
    'The server is there but cannot sign you in at the moment. Please try again shortly.',
  unreachable: 'The server cannot be reached. Check your connection and try again.',
};

const ja: typeof en = {
  title: 'サインイン',
  email: 'メールアドレス',
  password: 'パスワード',
  showPassword: 'パスワードを表示',
  hidePassword: 'パスワードを隠す',
  submit: 'サインイン',
  submitting: 'サインインしています…',
  emailMissing: 'メールアドレスを入力してください。',
  passwordMissing: 'パスワードを入力してください。',
  capsLock: 'Caps Lockがオンになっています。',
  noticeTitle: '秘密指定のない情報のみ',
  wrong: 'メールアドレスまたはパスワードが正しくありません。',
  secondFactor:
    'このアカウントには二要素認証が必要ですが、この画面ではまだ対応していません。管理者に問い合わせてください。',
  throttledSeconds_one: '試行回数が多すぎます。{{count}}秒後にもう一度お試しください。',
  throttledSeconds_other: '試行回数が多すぎます。{{count}}秒後にもう一度お試しください。',
  throttledMinutes_one: '試行回数が多すぎます。{{count}}分後にもう一度お試しください。',
  throttledMinutes_other: '試行回数が多すぎます。{{count}}分後にもう一度お試しください。',
  throttled: '試行回数が多すぎます。しばらく待ってからもう一度お試しください。',
  wrongAddress:
    'このアドレスからのサインインは受け付けていません。管理者から案内されたアドレスでLodestoneを開いてください。',
  unavailable: '現在サインインできません。しばらくしてからもう一度お試しください。',
  unreachable: 'サーバーに接続できません。接続を確認してもう一度お試しください。',
};

/** Shown in both languages at once, whichever is chosen: nobody may miss it. */
export const classifiedNotice = {
  en: 'This workspace holds unclassified information only. It refuses classified material: do not enter any, not even marked as such or in part.',
  ja: '本ワークスペースで扱うのは秘密指定のない情報のみです。秘密指定された情報は受け付けません。一部であっても入力しないでください。',
} as const;

export const sessionWords = { namespace: 'session', en, ja } as const;

declare module 'i18next' {
  interface ResourceNamespaceMap {
    session: typeof en;
  }
}
