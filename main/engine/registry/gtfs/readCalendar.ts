import type { TimetableFeed } from '../../../../shared/county/timetableFeed.ts';
import type { GtfsFaults } from './GtfsFaults.ts';
import type { GtfsFiles } from './readFiles.ts';
import { readTable } from './readTable.ts';

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

type Week = { runs: readonly boolean[]; firstDay: string; lastDay: string };

/**
 * When a service runs: on the weekdays of its week, with single days added (true) and removed (false). Days are
 * YYYYMMDD. A timetable that takes turns with others is used only on the days of `used`.
 */
export type Service = { week?: Week; days: Map<string, boolean>; used?: TimetableFeed['used'] };
/** The services of a timetable by their ids, with the first and last day of all. */
export type Calendar = { services: Map<string, Service>; firstDay?: string; lastDay?: string };

/** 20260102, also from 2026-01-02; undefined where it is no day. */
export function dayOf(text: string | undefined): string | undefined {
  const day = (text ?? '').replaceAll('-', '');
  return /^\d{8}$/.test(day) ? day : undefined;
}

/** Monday is 0. */
const weekdayOf = (day: string): number =>
  (new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)))).getUTCDay() + 6) %
  7;

/** Whether a service runs on a day, for a timetable whose services these are. */
export const runsOnOf =
  (services: ReadonlyMap<string, Service>) =>
  (serviceId: string, day: string): boolean => {
    const service = services.get(serviceId);
    if (service === undefined) return false;
    const { week, days, used } = service;
    if (used?.some(({ from = day, until }) => day >= from && (until === undefined || day < until)) === false)
      return false;
    const exception = days.get(day);
    if (exception !== undefined) return exception;
    return week !== undefined && day >= week.firstDay && day <= week.lastDay && week.runs[weekdayOf(day)] === true;
  };

function readWeeks(files: GtfsFiles, faults: GtfsFaults): Map<string, Service> {
  const services = new Map<string, Service>();
  for (const { line, cells } of readTable(files, 'calendar.txt', faults, ['service_id', 'start_date', 'end_date'])) {
    const [firstDay, lastDay] = [dayOf(cells['start_date']), dayOf(cells['end_date'])];
    if (firstDay === undefined || lastDay === undefined) faults.note('calendar.txt', 'A date is not a day.', line);
    else {
      const week = { runs: DAY_NAMES.map((name) => cells[name] === '1'), firstDay, lastDay };
      services.set(cells['service_id'] ?? '', { week, days: new Map() });
    }
  }
  return services;
}

/**
 * When services run: calendar.txt gives the weekdays, calendar_dates.txt adds (1) and removes (2) single days; a feed
 * may have either alone.
 */
export function readCalendar(files: GtfsFiles, faults: GtfsFaults): Calendar {
  const services = readWeeks(files, faults);
  const covered = [...services.values()].flatMap(({ week }) => (week ? [week.firstDay, week.lastDay] : []));
  for (const { line, cells } of readTable(files, 'calendar_dates.txt', faults, ['service_id', 'date'])) {
    const [id, day] = [cells['service_id'] ?? '', dayOf(cells['date'])];
    if (day === undefined) {
      faults.note('calendar_dates.txt', 'A date is not a day.', line);
      continue;
    }
    const isAdded = cells['exception_type'] === '1';
    const service = services.get(id) ?? { days: new Map<string, boolean>() };
    services.set(id, service);
    service.days.set(day, isAdded);
    if (isAdded) covered.push(day);
  }
  covered.sort();
  const [firstDay, lastDay] = [covered.at(0), covered.at(-1)];
  return { services, ...(firstDay !== undefined && { firstDay }), ...(lastDay !== undefined && { lastDay }) };
}
