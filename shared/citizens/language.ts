/** The languages in which the county speaks to its citizens. */
export const languages = ['en', 'es'] as const;
/** One of these languages. */
export type Language = (typeof languages)[number];
/** A text in all of them. */
export type InBoth = Readonly<Record<Language, string>>;
/** The form of each in which dates and numbers are written. */
export const localeOf: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };
