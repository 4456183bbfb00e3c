import { incidentStatusNames, incidentTypeNames } from '../incidents/incidentWords.ts';
import { csv } from './csv.ts';
import type { CsvValue } from './csv.ts';
import type { ShiftDocument } from './shiftReport.ts';

/** One fact a line, so that a spreadsheet can pivot it. `present`: share of the data that was there. */
type Fact = {
  section: string;
  id: string;
  name: string;
  measure: string;
  value: CsvValue;
  unit?: string;
  present?: number;
};

const HEADS = ['shift', 'section', 'id', 'name', 'measure', 'value', 'unit', 'present'] as const;

const iso = (atMs: number | undefined): string | undefined =>
  atMs === undefined ? undefined : new Date(atMs).toISOString();
const minutes = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms / 6000) / 10;

function factsOf({ report, hash, shift }: ShiftDocument): Fact[] {
  const { fromMs, toMs, county } = report;
  const facts = (
    section: string,
    id: string,
    name: string,
    values: Record<string, [CsvValue, string?, number?]>,
  ): Fact[] =>
    Object.entries(values).map(([measure, [value, unit, present]]) => ({
      section,
      id,
      name,
      measure,
      value,
      ...(unit !== undefined && { unit }),
      ...(present !== undefined && { present }),
    }));
  return [
    ...facts('shift', report.shiftId, county.name, {
      from: [iso(fromMs)],
      to: [iso(toMs)],
      reportHash: [hash],
      signedBy: [shift.signed?.by.name],
      signedAt: [iso(shift.signed?.atMs)],
      takenOverBy: [shift.takenOver?.by.name],
      takenOverAt: [iso(shift.takenOver?.atMs)],
    }),
    ...report.incidents.flatMap(
      ({
        id,
        title,
        type,
        priority,
        place,
        status,
        assignee,
        milestones,
        responseMs,
        roadwayClearanceMs,
        incidentClearanceMs,
        clocks,
      }) =>
        facts('incident', id, title, {
          type: [incidentTypeNames[type]],
          priority: [priority],
          place: [place],
          status: [incidentStatusNames[status]],
          assignee: [assignee],
          ...Object.fromEntries(
            Object.entries(milestones).map(([milestone, atMs]): [string, [CsvValue]] => [milestone, [iso(atMs)]]),
          ),
          response: [minutes(responseMs), 'min'],
          roadwayClearance: [minutes(roadwayClearanceMs), 'min'],
          incidentClearance: [minutes(incidentClearanceMs), 'min'],
          ...Object.fromEntries(
            clocks.map(({ measure, state }): [string, [CsvValue]] => [`${measure} against service level`, [state]]),
          ),
        }),
    ),
    ...report.alarmLoad.flatMap(({ positionId, name, raised, maxIn10Min, floodShare, stale, standing }) =>
      facts('alarm load', positionId, name, {
        raised: [raised],
        'most in 10 min': [maxIn10Min],
        'time in flood': [floodShare, '1'],
        standing: [standing],
        'standing over 24 h': [stale],
      }),
    ),
    ...report.figures.flatMap(({ id, label, unit, mean, min, max, present }) =>
      facts('figure', id, label, {
        mean: [mean, unit, present],
        lowest: [min, unit, present],
        highest: [max, unit, present],
      }),
    ),
    ...report.sums.flatMap(({ label, unit, total, present }) =>
      facts('sum', label, label, { total: [total, unit, present] }),
    ),
    ...report.losses.flatMap((loss) =>
      facts('feed lost', loss.feed, loss.name, {
        from: [iso(loss.fromMs)],
        to: [iso(loss.toMs)],
        lost: [minutes(loss.lostMs), 'min'],
      }),
    ),
    ...report.hidden.flatMap(({ title, how, by, reason, atMs, untilMs }) =>
      facts('hidden alarm', title, title, {
        how: [how],
        by: [by],
        reason: [reason],
        from: [iso(atMs)],
        until: [iso(untilMs)],
      }),
    ),
    ...report.open.flatMap(({ id, kind, title, owner, state, sinceMs }) =>
      facts('open', id, title, { kind: [kind], owner: [owner], state: [state], since: [iso(sinceMs)] }),
    ),
  ];
}

/** A report as comma-separated values (RFC 4180): one fact a line, times in UTC, values in SI units. */
export function reportCsv(document: ShiftDocument): string {
  return csv(
    HEADS,
    factsOf(document).map(({ section, id, name, measure, value, unit, present }) => [
      document.report.shiftId,
      section,
      id,
      name,
      measure,
      value,
      unit,
      present,
    ]),
  );
}
