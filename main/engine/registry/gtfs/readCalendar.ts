import type { Timetable } from '../../../../shared/county/county.ts';
import type { GtfsFaults } from './GtfsFaults.ts';
import type { GtfsFiles } from './readFiles.ts';
import { readTable } from './readTable.ts';

const DAY_NAMES = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

type Week = { runs: readonly boolean[]; firstDay: string; lastDay: string };

/** 20260102, also from 2026-01-02; undefined where it is no day. */
function dayOf(text: string | undefined): string | undefined {
  const day = (text ?? '').replaceAll('-', '');
  return /^\d{8}$/.test(day) ? day : undefined;
}

/** Monday is 0. */
const weekdayOf = (day: string): number =>
  (new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)))).getUTCDay() + 6) %
  7;

function readWeeks(files: GtfsFiles, faults: GtfsFaults): Map<string, Week> {
  const weeks = new Map<string, Week>();
  for (const { line, cells } of readTable(files, 'calendar.txt', faults, ['service_id', 'start_date', 'end_date'])) {
    const [firstDay, lastDay] = [dayOf(cells['start_date']), dayOf(cells['end_date'])];
    if (firstDay === undefined || lastDay === undefined) faults.note('calendar.txt', 'A date is not a day.', line);
    else
      weeks.set(cells['service_id'] ?? '', { runs: DAY_NAMES.map((name) => cells[name] === '1'), firstDay, lastDay });
  }
  return weeks;
}

/**
 * When services run: calendar.txt gives the weekdays, calendar_dates.txt adds (1) and removes (2) single days; a feed
 * may have either alone.
 */
export function readCalendar(files: GtfsFiles, faults: GtfsFaults): Pick<Timetable, 'runsOn' | 'firstDay' | 'lastDay'> {
  const weeks = readWeeks(files, faults);
  const exceptions = new Map<string, boolean>();
  const days = [...weeks.values()].flatMap(({ firstDay, lastDay }) => [firstDay, lastDay]);
  for (const { line, cells } of readTable(files, 'calendar_dates.txt', faults, ['service_id', 'date'])) {
    const day = dayOf(cells['date']);
    const isAdded = cells['exception_type'] === '1';
    if (day === undefined) faults.note('calendar_dates.txt', 'A date is not a day.', line);
    else exceptions.set(`${cells['service_id'] ?? ''}|${day}`, isAdded);
    if (day !== undefined && isAdded) days.push(day);
  }
  days.sort();
  const [firstDay, lastDay] = [days.at(0), days.at(-1)];
  return {
    ...(firstDay !== undefined && { firstDay }),
    ...(lastDay !== undefined && { lastDay }),
    runsOn: (serviceId, day) => {
      const exception = exceptions.get(`${serviceId}|${day}`);
      if (exception !== undefined) return exception;
      const week = weeks.get(serviceId);
      if (week === undefined || day < week.firstDay || day > week.lastDay) return false;
      return week.runs[weekdayOf(day)] === true;
    },
  };
}
