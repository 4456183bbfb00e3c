import { DAY_MS } from '../../../shared/base/durations.ts';
import { fieldText } from '../reportForm.ts';
import type { Fields } from '../reportForm.ts';
import { Open311Error } from './answers.ts';

/** The longest span that may be asked for, and how many requests an answer has at most. */
const MOST_DAYS = 90;
const MOST_REQUESTS = 1000;
const MOST_PAGES = 10_000;

/** Which requests are asked for, by time and by what they are. */
export type RequestQuery = {
  fromMs: number;
  toMs: number;
  serviceCodes?: string[];
  isClosed?: boolean;
  skip: number;
  most: number;
};

/** A list separated by commas; empty where the argument is absent or empty, which is the same. */
export const listOf = (fields: Fields, name: string): string[] =>
  fieldText(fields, name)
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const W3C = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

function timeOf(fields: Fields, name: string): number | undefined {
  // A form turns the plus of a zone into a blank.
  const text = fieldText(fields, name).replace(/ (?=\d\d:\d\d$)/, '+');
  if (text === '') return undefined;
  const atMs = W3C.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(atMs))
    throw new Open311Error(400, `${name} is not a time with a zone, such as 2026-06-01T08:00:00Z.`);
  return atMs;
}

function whole(fields: Fields, name: string, usual: number, most: number): number {
  const text = fieldText(fields, name);
  if (text === '') return usual;
  const value = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > most) throw new Open311Error(400, `${name} is a number from 1 to ${String(most)}.`);
  return value;
}

function spanOf(fields: Fields, nowMs: number): { fromMs: number; toMs: number } {
  const [start, end] = [timeOf(fields, 'start_date'), timeOf(fields, 'end_date')];
  const span = MOST_DAYS * DAY_MS;
  const toMs = end ?? (start === undefined ? nowMs : start + span);
  const fromMs = start ?? toMs - span;
  if (toMs < fromMs) throw new Open311Error(400, 'end_date is before start_date.');
  if (toMs - fromMs > span) throw new Open311Error(400, `At most ${String(MOST_DAYS)} days can be asked for.`);
  return { fromMs, toMs };
}

/** Reads the arguments of a search. Throws an Open311Error. */
export function readQuery(fields: Fields, nowMs: number): RequestQuery {
  const status = listOf(fields, 'status');
  const unknown = status.find((each) => each !== 'open' && each !== 'closed');
  if (unknown !== undefined) throw new Open311Error(400, 'status is open or closed.');
  const serviceCodes = listOf(fields, 'service_code');
  const most = whole(fields, 'page_size', MOST_REQUESTS, MOST_REQUESTS);
  const wanted = new Set(status);
  return {
    ...spanOf(fields, nowMs),
    ...(serviceCodes.length > 0 && { serviceCodes: serviceCodes.slice(0, 100) }),
    ...(wanted.size === 1 && { isClosed: wanted.has('closed') }),
    skip: (whole(fields, 'page', 1, MOST_PAGES) - 1) * most,
    most,
  };
}
