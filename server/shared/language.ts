/** The languages of the screen: Simplified Chinese first, English complete. */
export const LANGUAGES = ['zh-CN', 'en'] as const;

export type Language = (typeof LANGUAGES)[number];

/** A sentence or word of the locale files in one language; `values` fill its placeholders. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

export const DEFAULT_LANGUAGE: Language = 'zh-CN';

/** Whether a text names a language of the screen. */
export function isLanguage(text: unknown): text is Language {
  return LANGUAGES.some((language) => language === text);
}

/** The language that the switch in the header offers. */
export function otherLanguage(language: Language): Language {
  return language === 'zh-CN' ? 'en' : 'zh-CN';
}
