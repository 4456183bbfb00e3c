import type { Condition } from '../kit/Condition.ts';
import type { TripMatcher } from './TripMatcher.ts';

/** The end of a timetable is announced this many days before. */
const WARN_DAYS = 14;
const DAY_MS = 86_400_000;

const dayMs = (day: string): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6, 8)));
const written = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;

const base = { domain: 'transit', priority: 4, place: 'Timetable', onDelayMs: 0, offDelayMs: 0 } as const;

type Service = ReturnType<TripMatcher['service']>;

function validity({ today, firstDay, lastDay, runsToday }: Service): Condition[] {
  const evidence = [
    ...(firstDay === undefined ? [] : [{ label: 'First day', text: written(firstDay) }]),
    ...(lastDay === undefined ? [] : [{ label: 'Last day', text: written(lastDay) }]),
  ];
  const condition = (title: string, consequence: string): Condition => ({
    ...base,
    rule: 'transit.timetableValid',
    subject: { kind: 'feed', id: 'timetable' },
    title,
    cause: 'The calendar of the GTFS feed does not cover this day.',
    consequence,
    action: 'Get the current GTFS feed from the agency and put it into the county folder.',
    evidence,
  });
  const blind = 'Vehicles cannot be compared with the timetable; delays that no feed tells are not known.';
  if (lastDay !== undefined && today > lastDay) return [condition(`The timetable ended on ${written(lastDay)}`, blind)];
  if (firstDay !== undefined && today < firstDay)
    return [condition(`The timetable begins only on ${written(firstDay)}`, blind)];
  if (lastDay !== undefined && dayMs(lastDay) - dayMs(today) < WARN_DAYS * DAY_MS)
    return [condition(`The timetable ends on ${written(lastDay)}`, 'From the day after, vehicles cannot be judged.')];
  return runsToday ? [] : [condition('The timetable has no service today', blind)];
}

/** What operators must know of the timetable itself: that it does not cover today, or not for long. */
export const timetableConditions = (service: Service | undefined): Condition[] =>
  service === undefined ? [] : validity(service);
