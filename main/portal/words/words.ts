import { languages } from '../../../shared/citizens/language.ts';
import type { Language } from '../../../shared/citizens/language.ts';
import { en } from './en.ts';
import { es } from './es.ts';

type Widened<T> = T extends string
  ? string
  : T extends (...args: infer A) => string
    ? (...args: A) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Widened<T[K]> };
/** All words of the portal in one language. */
export type Words = Widened<typeof en>;

/** The words by language; a language without one of them does not compile. */
export const wordsOf: Readonly<Record<Language, Words>> = { en, es };

/** The first of the languages that a browser asks for which the portal speaks; English where there is none. */
export function preferredLanguage(accepted: string | undefined): Language {
  const wishes = (accepted ?? '')
    .slice(0, 200)
    .split(',')
    .map((each) => {
      const [tag = '', ...more] = each.trim().split(';');
      const quality = Number(/^q=([\d.]+)$/.exec(more[0]?.trim() ?? '')?.[1] ?? 1);
      return { tag: tag.slice(0, 2).toLowerCase(), quality: Number.isNaN(quality) ? 0 : quality };
    })
    .sort((a, b) => b.quality - a.quality);
  for (const { tag, quality } of wishes) {
    const known = languages.find((each) => each === tag);
    if (known !== undefined && quality > 0) return known;
  }
  return 'en';
}
