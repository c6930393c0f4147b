/** The looks in which a screen is held to its promises: each scheme and each language; every pair of them at full size. */
interface Look {
  readonly scheme: 'light' | 'dark';
  readonly language: 'en' | 'ja';
}

const eachOnce: readonly Look[] = [
  { scheme: 'light', language: 'en' },
  { scheme: 'dark', language: 'ja' },
];
const theOthers: readonly Look[] = [
  { scheme: 'light', language: 'ja' },
  { scheme: 'dark', language: 'en' },
];

export const looks: readonly Look[] =
  process.env.LODESTONE_TEST_SIZE === 'long' ? [...eachOnce, ...theOthers] : eachOnce;
