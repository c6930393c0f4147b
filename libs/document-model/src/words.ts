/** A text that people read, in the workspace's two languages. */
export type Language = 'en' | 'ja';

export interface Words {
  readonly en: string;
  readonly ja: string;
}

export const languages: readonly Language[] = ['en', 'ja'];
