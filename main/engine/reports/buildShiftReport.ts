import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isHidden } from '../../../shared/alarms/alarmStates.ts';
import type { CountyProfile } from '../../../shared/county/county.ts';
import { incidentStatusNames } from '../../../shared/incidents/incidentWords.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { orderEntries } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { SequenceHead } from '../../../shared/people/sequenceHead.ts';
import { shiftReportSchema } from '../../../shared/shifts/shiftReport.ts';
import type { ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import type { Shift } from '../../../shared/shifts/shift.ts';
import { blindTimes, feedLosses, figuresOver } from './countyLogLines.ts';
import type { CountyLine } from './countyLogLines.ts';
import { describeEvent } from './describeEvent.ts';
import { incidentsAfter, reportIncident } from './reportIncidents.ts';

/** All that a report is made of. */
export type ReportSources = {
  profile: CountyProfile;
  shift: Shift;
  /** Where the report ends: the shift's end, or the present. */
  toMs: number;
  /** The whole log, in any order. */
  entries: readonly LogEntry[];
  heads: readonly SequenceHead[];
  /** Load and hidden alarms, as shared/alarms has them. */
  alarmLoad: ShiftReport['alarmLoad'];
  hidden: ShiftReport['hidden'];
  /** Alarms that stand when the report is made. */
  standing: readonly Alarm[];
  countyLines: readonly CountyLine[];
  sums: ShiftReport['sums'];
};

type Period = { fromMs: number; toMs: number };

const isIn = (atMs: number, { fromMs, toMs }: Period): boolean => atMs >= fromMs && atMs <= toMs;

/** The persons who wrote at least one entry; Beacon itself is not a person. */
function personsOf(
  entries: readonly LogEntry[],
  period: Period,
  loads: ShiftReport['alarmLoad'],
): ShiftReport['persons'] {
  const own = entries.filter(({ atMs, author }) => isIn(atMs, period) && author.id !== 'beacon');
  return [...Map.groupBy(own, ({ author }) => author.id).values()].flatMap((written) => {
    const [first, last] = [written[0], written.at(-1)];
    if (first === undefined || last === undefined) return [];
    const positions = loads
      .filter(({ holders }) => holders.some(({ name }) => name === last.author.name))
      .map(({ name }) => name);
    return [{ person: last.author, positions, firstAtMs: first.atMs, lastAtMs: last.atMs, entries: written.length }];
  });
}

function openItems(
  incidents: readonly Incident[],
  standing: readonly Alarm[],
  loads: ShiftReport['alarmLoad'],
  { toMs }: Period,
): ShiftReport['open'] {
  const holders = new Map(
    loads.flatMap(({ positionId, holders: all }) =>
      all.filter((holder) => holder.toMs >= toMs).map(({ name }) => [positionId, name]),
    ),
  );
  const owned = (owner: string | undefined): { owner?: string } => (owner === undefined ? {} : { owner });
  return [
    ...incidents
      .filter(({ status }) => status !== 'resolved')
      .map(({ id, priority, title, place, assignee, openedAtMs, status }) => ({
        kind: 'incident' as const,
        id,
        priority,
        title,
        place,
        ...owned(assignee),
        sinceMs: openedAtMs,
        state: incidentStatusNames[status],
      })),
    // The least urgent alarms are counted in the load and do not matter for a handover.
    ...standing
      .filter(
        (alarm) =>
          alarm.priority < 4 &&
          alarm.domain !== 'maintenance' &&
          alarm.incidentId === undefined &&
          alarm.raisedAtMs <= toMs &&
          !isHidden(alarm),
      )
      .map(({ id, priority, title, place, acknowledgedBy, raisedAtMs, position }) => ({
        kind: 'alarm' as const,
        id,
        priority,
        title,
        place, // The holder of its position owns an alarm that nobody has acknowledged.
        ...owned(acknowledgedBy ?? holders.get(position)),
        sinceMs: raisedAtMs,
        state: acknowledgedBy === undefined ? 'Not acknowledged' : 'Acknowledged',
      })),
    ...loads
      .filter(({ holders }) => !holders.some((holder) => holder.toMs >= toMs))
      .map(({ positionId, name, holders }) => ({
        kind: 'position' as const,
        id: positionId,
        title: name,
        place: '',
        sinceMs: holders.at(-1)?.toMs ?? toMs,
        state: 'Falls to the supervisor',
      })),
  ].sort((a, b) => ('priority' in a ? a.priority : 5) - ('priority' in b ? b.priority : 5) || a.sinceMs - b.sinceMs);
}

function activitiesOf(
  incidents: readonly Incident[],
  entries: readonly LogEntry[],
  period: Period,
): ShiftReport['activities'] {
  const ofIncidents = incidents.flatMap(({ id, log }) =>
    log.map(({ atMs, actor, text, incidentId }) => ({ atMs, by: actor, text, incidentId: incidentId ?? id })),
  );
  const others = entries.flatMap(({ atMs, author, event }) => {
    const text = describeEvent(event);
    return text === undefined ? [] : [{ atMs, by: author.name, text }];
  });
  return [...ofIncidents, ...others].filter(({ atMs }) => isIn(atMs, period)).sort((a, b) => a.atMs - b.atMs);
}

/** The report of a shift. Pure: the same sources give the same report. */
export function buildShiftReport(sources: ReportSources): ShiftReport {
  const { profile, shift, toMs, heads, alarmLoad, hidden, standing, countyLines, sums } = sources;
  const period = { fromMs: shift.opened.fromMs, toMs };
  const entries = orderEntries(sources.entries);
  // The report shows how things stood at the end, whatever was done since.
  const then = entries.filter(({ atMs }) => atMs <= toMs);
  const incidents = incidentsAfter(then).filter(
    ({ resolvedAtMs }) => resolvedAtMs === undefined || resolvedAtMs >= period.fromMs,
  );
  return shiftReportSchema.parse({
    format: 'beacon.shiftReport.1',
    county: {
      id: profile.id,
      name: profile.name,
      timeZone: profile.timeZone,
      displayUnits: profile.displayUnits,
      isSimulated: profile.simulated,
    },
    shiftId: shift.id,
    ...period,
    isClosed: shift.closed !== undefined,
    persons: personsOf(then, period, alarmLoad),
    open: openItems(incidents, standing, alarmLoad, period),
    incidents: incidents.map((incident) => reportIncident(incident, period.fromMs, toMs)),
    alarmLoad,
    figures: figuresOver(countyLines, period),
    sums,
    losses: feedLosses(countyLines, period),
    blind: blindTimes(countyLines, period),
    hidden,
    comments: shift.comments.filter(({ isLate }) => !isLate).map(({ by, atMs, text }) => ({ by, atMs, text })),
    activities: activitiesOf(incidents, then, period),
    heads: [...heads].sort((a, b) => (a.sequence < b.sequence ? -1 : 1)),
  } satisfies ShiftReport);
}
