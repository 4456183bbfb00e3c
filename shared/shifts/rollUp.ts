import { z } from 'zod';
import { HOUR_MS } from '../base/durations.ts';
import { alarmPrioritySchema } from '../alarms/alarm.ts';
import { incidentTypeSchema } from '../incidents/incident.ts';
import { reportCountySchema, reportFigureSchema, reportSumSchema } from './shiftReport.ts';
import type { ReportIncident, ShiftDocument, ShiftReport } from './shiftReport.ts';

const share = z.number().min(0).max(1);
const period = { fromMs: z.number(), toMs: z.number() };
/** The median and 90th percentile of the times that could be measured, and how many met their service level. */
const measureSchema = z.object({
  measured: z.number(),
  medianMs: z.number().optional(),
  p90Ms: z.number().optional(),
  judged: z.number(),
  met: z.number(),
});

/**
 * A week or a month, added up from the signed shift reports that lie in it. What no signed report covers is missing and
 * named as missing; nothing is filled in. Times are UTC ms.
 */
export const rollUpSchema = z.object({
  format: z.literal('beacon.rollUp.1'),
  county: reportCountySchema,
  /** "2026-W23" or "2026-06". */
  id: z.string(),
  ...period,
  shifts: z.array(
    z.object({
      shiftId: z.string(),
      ...period,
      hash: z.string(),
      signedBy: z.string(),
      incidents: z.number(),
      open: z.number(),
      present: share,
    }),
  ),
  missing: z.array(z.object(period)),
  incidents: z.object({
    opened: z.number(),
    byType: z.array(
      z.object({
        type: incidentTypeSchema,
        opened: z.number(),
        response: measureSchema,
        roadwayClearance: measureSchema,
        incidentClearance: measureSchema,
      }),
    ),
    byPriority: z.array(
      z.object({
        priority: alarmPrioritySchema,
        opened: z.number(),
        response: measureSchema,
        roadwayClearance: measureSchema,
        incidentClearance: measureSchema,
      }),
    ),
  }),
  alarmLoad: z.array(
    z.object({
      positionId: z.string(),
      name: z.string(),
      raised: z.number(),
      perDay: z.number(),
      perHour: z.number(),
      maxIn10Min: z.number(),
      floodShare: share,
      busyWindows: share,
      knownShare: share,
    }),
  ),
  figures: z.array(reportFigureSchema.omit({ course: true })),
  sums: z.array(reportSumSchema),
  losses: z.array(z.object({ feed: z.string(), name: z.string(), times: z.number(), lostMs: z.number() })),
});
export type RollUp = z.infer<typeof rollUpSchema>;
type Measure = z.infer<typeof measureSchema>;
type Period = { fromMs: number; toMs: number };

const WINDOW_MS = 600_000;

/** A percentile by the nearest-rank method; `part` is 0..1. */
const percentile = (sorted: readonly number[], part: number): number | undefined =>
  sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

function measure(
  incidents: readonly ReportIncident[],
  name: string,
  msOf: (incident: ReportIncident) => number | undefined,
): Measure {
  const times = incidents.flatMap((incident) => msOf(incident) ?? []).sort((a, b) => a - b);
  const judged = incidents.flatMap(({ clocks }) =>
    clocks.filter(
      (clock) =>
        clock.measure === name && (clock.state === 'met' || clock.state === 'late' || clock.state === 'missed'),
    ),
  );
  const [medianMs, p90Ms] = [percentile(times, 0.5), percentile(times, 0.9)];
  return {
    measured: times.length,
    ...(medianMs !== undefined && { medianMs }),
    ...(p90Ms !== undefined && { p90Ms }),
    judged: judged.length,
    met: judged.filter(({ state }) => state === 'met').length,
  };
}

const measures = (
  incidents: readonly ReportIncident[],
): { opened: number; response: Measure; roadwayClearance: Measure; incidentClearance: Measure } => ({
  opened: incidents.length,
  response: measure(incidents, 'response', ({ responseMs }) => responseMs),
  roadwayClearance: measure(incidents, 'roadwayClearance', ({ roadwayClearanceMs }) => roadwayClearanceMs),
  incidentClearance: measure(incidents, 'incidentClearance', ({ incidentClearanceMs }) => incidentClearanceMs),
});

/**
 * Each incident once, as its last report has it; incidents that were opened before the period belong to an earlier one.
 */
function incidentsOf(reports: readonly ShiftReport[], { fromMs }: Period): ReportIncident[] {
  const latest = new Map(
    reports.flatMap(({ incidents }) => incidents.map((incident) => [incident.id, incident] as const)),
  );
  return [...latest.values()].filter(({ openedAtMs }) => openedAtMs >= fromMs);
}

function gaps(covered: readonly Period[], { fromMs, toMs }: Period): Period[] {
  const missing: Period[] = [];
  let reachedMs = fromMs;
  for (const next of [...covered, { fromMs: toMs, toMs }]) {
    if (next.fromMs > reachedMs) missing.push({ fromMs: reachedMs, toMs: Math.min(next.fromMs, toMs) });
    reachedMs = Math.max(reachedMs, next.toMs);
  }
  return missing.filter((gap) => gap.toMs > gap.fromMs);
}

/** The mean, weighted by the time and the share of data of each shift. */
function weighted(parts: readonly { value: number | null; weight: number }[]): number | null {
  const there = parts.filter(({ value, weight }) => value !== null && weight > 0);
  return there.length === 0
    ? null
    : sumOf(there, ({ value, weight }) => (value ?? 0) * weight) / sumOf(there, ({ weight }) => weight);
}

const extreme = (values: readonly (number | null)[], pick: (...values: number[]) => number): number | null => {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : pick(...there);
};

/** Items of all reports by name, in the order in which they first come. */
function byKey<T>(
  reports: readonly ShiftReport[],
  of: (report: ShiftReport) => readonly T[],
  key: (item: T) => string,
): { item: T; report: ShiftReport }[][] {
  return [
    ...Map.groupBy(
      reports.flatMap((report) => of(report).map((item) => ({ item, report }))),
      ({ item }) => key(item),
    ).values(),
  ];
}

function loadsOf(reports: readonly ShiftReport[], length: number): RollUp['alarmLoad'] {
  return byKey(
    reports,
    ({ alarmLoad }) => alarmLoad,
    ({ positionId }) => positionId,
  ).map((parts) => {
    const loads = parts.map(({ item }) => ({
      ...item,
      known: item.byTenMinutes.filter((count) => count !== null).length,
    }));
    const known = sumOf(loads, (load) => load.known);
    const raised = sumOf(loads, (load) => load.raised);
    const ofKnown = (share: 'floodShare' | 'busyWindows'): number =>
      known === 0 ? 0 : sumOf(loads, (load) => load[share] * load.known) / known;
    const hours = Math.max(1, known) * (WINDOW_MS / HOUR_MS);
    return {
      positionId: loads[0]?.positionId ?? '',
      name: loads.at(-1)?.name ?? '',
      raised,
      perHour: raised / hours,
      perDay: (raised / hours) * 24,
      maxIn10Min: Math.max(0, ...loads.map(({ maxIn10Min }) => maxIn10Min)),
      floodShare: ofKnown('floodShare'),
      busyWindows: ofKnown('busyWindows'),
      knownShare: Math.min(1, (known * WINDOW_MS) / length),
    };
  });
}

function figuresOf(reports: readonly ShiftReport[], length: number): RollUp['figures'] {
  return byKey(
    reports,
    ({ figures }) => figures,
    ({ id }) => id,
  ).flatMap((parts) => {
    const first = parts[0]?.item;
    if (first === undefined) return [];
    const lengthOf = ({ report }: { report: ShiftReport }): number => report.toMs - report.fromMs;
    return {
      id: first.id,
      label: first.label,
      unit: first.unit,
      digits: first.digits,
      mean: weighted(parts.map((part) => ({ value: part.item.mean, weight: lengthOf(part) * part.item.present }))),
      min: extreme(
        parts.map(({ item }) => item.min),
        Math.min,
      ),
      max: extreme(
        parts.map(({ item }) => item.max),
        Math.max,
      ),
      present: Math.min(1, sumOf(parts, (part) => part.item.present * lengthOf(part)) / length),
    };
  });
}

type RollUpSources = {
  id: string;
  period: Period;
  /** Signed ones, as they were signed. */ documents: readonly ShiftDocument[];
  county: ShiftReport['county'];
};

/** Adds up signed shift reports; a shift belongs to the period in which it began. Pure. */
export function rollUp({ id, period: { fromMs, toMs }, documents, county }: RollUpSources): RollUp {
  const own = documents
    .filter(({ report, shift }) => shift.signed !== undefined && report.fromMs >= fromMs && report.fromMs < toMs)
    .toSorted((a, b) => a.report.fromMs - b.report.fromMs);
  const reports = own.map(({ report }) => report);
  const incidents = incidentsOf(reports, { fromMs, toMs });
  const length = toMs - fromMs;
  return rollUpSchema.parse({
    format: 'beacon.rollUp.1',
    county,
    id,
    fromMs,
    toMs,
    shifts: own.map(({ report, hash, shift }) => ({
      shiftId: report.shiftId,
      fromMs: report.fromMs,
      toMs: report.toMs,
      hash,
      signedBy: shift.signed?.by.name ?? '',
      incidents: report.incidents.filter(({ isCarriedOver }) => !isCarriedOver).length,
      open: report.incidents.filter(({ status }) => status !== 'resolved').length,
      present:
        report.figures.length === 0 ? 0 : sumOf(report.figures, ({ present }) => present) / report.figures.length,
    })),
    missing: gaps(reports, { fromMs, toMs }),
    incidents: {
      opened: incidents.length,
      byType: incidentTypeSchema.options
        .map((type) => ({ type, ...measures(incidents.filter((incident) => incident.type === type)) }))
        .filter(({ opened }) => opened > 0),
      byPriority: ([1, 2, 3, 4] as const).map((priority) => ({
        priority,
        ...measures(incidents.filter((incident) => incident.priority === priority)),
      })),
    },
    alarmLoad: loadsOf(reports, length),
    figures: figuresOf(reports, length),
    sums: byKey(
      reports,
      ({ sums }) => sums,
      ({ label }) => label,
    ).map((parts) => ({
      label: parts[0]?.item.label ?? '',
      unit: parts[0]?.item.unit ?? '',
      digits: parts[0]?.item.digits ?? 0,
      total: parts.every(({ item }) => item.total === null) ? null : sumOf(parts, ({ item }) => item.total ?? 0),
      present: Math.min(1, sumOf(parts, ({ item, report }) => item.present * (report.toMs - report.fromMs)) / length),
    })),
    losses: byKey(
      reports,
      ({ losses }) => losses,
      ({ feed }) => feed,
    ).map((parts) => ({
      feed: parts[0]?.item.feed ?? '',
      name: parts.at(-1)?.item.name ?? '',
      times: parts.length,
      lostMs: sumOf(parts, ({ item }) => item.lostMs),
    })),
  } satisfies RollUp);
}
