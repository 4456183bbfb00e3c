import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import { createLocalDays } from '../../../shared/base/localDays.ts';
import { element } from '../feeds/xml.ts';
import type { Xml } from '../feeds/xml.ts';

/** The second Sunday of March and the first one of November at two o'clock, as ESPI writes rules. */
const US_START = '360E2000';
const US_END = 'B40E2000';
/** The clock does not change, or by another rule. */
const NO_RULE = 'FFFFFFFF';

/** The n-th Sunday of a month (0 January), in days since 1970-01-01. */
function sunday(year: number, month: number, nth: number): number {
  const first = new Date(Date.UTC(year, month, 1)).getUTCDay();
  return Math.round(Date.UTC(year, month, 1 + ((7 - first) % 7) + (nth - 1) * 7) / DAY_MS);
}

/** Where a zone lies, as ESPI has it: seconds from UTC in winter, and the rules by which its clock changes. */
export function localTimeParameters(timeZone: string, nowMs: number): Xml[] {
  const year = new Date(nowMs).getUTCFullYear();
  const { startMs } = createLocalDays(timeZone);
  /** How far the clock is ahead of UTC at the end of a local day, when a change of that day has happened. */
  const offsetMs = (day: number): number => (day + 1) * DAY_MS - startMs(day + 1);
  const [march, november] = [sunday(year, 2, 2), sunday(year, 10, 1)];
  const winter = offsetMs(march - 1);
  const summer = [offsetMs(march), offsetMs(november - 1)];
  const hasUsRules = summer.every((each) => each - winter === HOUR_MS) && offsetMs(november) === winter;
  const january = offsetMs(Math.round(Date.UTC(year, 0, 15) / DAY_MS));
  return [
    element('dstEndRule', hasUsRules ? US_END : NO_RULE),
    element('dstOffset', hasUsRules ? HOUR_MS / 1000 : 0),
    element('dstStartRule', hasUsRules ? US_START : NO_RULE),
    element('tzOffset', january / 1000),
  ];
}
