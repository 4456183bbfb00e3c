import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../shared/base/durations.ts';
import { localeOf } from '../../shared/citizens/language.ts';
import type { Language } from '../../shared/citizens/language.ts';

/** Times and numbers in a language and in the county's time zone. Formatters are costly, so each is made once. */
export type Times = {
  at: (atMs: number) => string;
  day: (atMs: number) => string;
  month: (atMs: number) => string;
  /** "12 minutes ago". */
  age: (atMs: number, nowMs: number) => string;
  count: (value: number) => string;
  /** A measured amount, with one digit behind the point. */
  amount: (value: number) => string;
};

const known = new Map<string, Times>();

function makeTimes(language: Language, timeZone: string): Times {
  const locale = localeOf[language];
  const at = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' });
  const month = new Intl.DateTimeFormat(locale, { timeZone, year: 'numeric', month: 'long' });
  const amount = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  const count = new Intl.NumberFormat(locale);
  return {
    at: (atMs) => at.format(atMs),
    day: (atMs) => day.format(atMs),
    month: (atMs) => month.format(atMs),
    age(atMs, nowMs) {
      const ms = Math.max(0, nowMs - atMs);
      if (ms < HOUR_MS) return relative.format(-Math.floor(ms / MINUTE_MS), 'minute');
      if (ms < DAY_MS) return relative.format(-Math.floor(ms / HOUR_MS), 'hour');
      return relative.format(-Math.floor(ms / DAY_MS), 'day');
    },
    count: (value) => count.format(value),
    amount: (value) => amount.format(value),
  };
}

/** The formatters of a language in a time zone. */
export function timesOf(language: Language, timeZone: string): Times {
  const key = `${language} ${timeZone}`;
  const times = known.get(key) ?? makeTimes(language, timeZone);
  known.set(key, times);
  return times;
}
