import { z } from 'zod';
import { alarmPrioritySchema } from '../alarms/alarm.ts';
import { countyProfileSchema } from '../county/county.ts';
import { incidentStatusSchema, incidentTypeSchema, milestoneSchema } from '../incidents/incident.ts';
import { personSchema } from '../people/person.ts';
import { sequenceHeadSchema } from '../people/sequenceHead.ts';
import { shiftSchema } from './shift.ts';

const share = z.number().min(0).max(1);
const period = { fromMs: z.number(), toMs: z.number() };

/** How an incident stands against one time of its service level; see shared/incidents. */
const reportClockSchema = z.object({
  measure: z.string(),
  label: z.string(),
  state: z.enum(['met', 'late', 'running', 'missed', 'unmeasured']),
  targetMs: z.number(),
  elapsedMs: z.number().optional(),
});
export type ReportClock = z.infer<typeof reportClockSchema>;

const reportIncidentSchema = z.object({
  id: z.string(),
  type: incidentTypeSchema,
  priority: alarmPrioritySchema,
  status: incidentStatusSchema,
  title: z.string(),
  place: z.string(),
  lon: z.number().optional(),
  lat: z.number().optional(),
  assignee: z.string().optional(),
  openedAtMs: z.number(),
  resolvedAtMs: z.number().optional(),
  outcome: z.string().optional(),
  /** It was already open when the shift began. */
  isCarriedOver: z.boolean(),
  /** The milestones T0 to T7 of FHWA Traffic Incident Management, as they were given (UTC ms). */
  milestones: z.partialRecord(milestoneSchema, z.number()),
  /** The times T4 - T2, T5 - T1 and T6 - T1 in ms; each is absent where one of its milestones is. */
  responseMs: z.number().optional(),
  roadwayClearanceMs: z.number().optional(),
  incidentClearanceMs: z.number().optional(),
  clocks: z.array(reportClockSchema),
});
export type ReportIncident = z.infer<typeof reportIncidentSchema>;

const reportLoadSchema = z.object({
  positionId: z.string(),
  name: z.string(),
  /** The people who held it, in the order of time. */
  holders: z.array(z.object({ name: z.string(), ...period })),
  raised: z.number(),
  maxIn10Min: z.number(),
  /** Shares of those windows of 10 minutes of which something is known. */
  floodShare: share,
  busyWindows: share,
  floods: z.array(z.object(period)),
  /** Active for more than 24 hours when the shift ended. */
  stale: z.number(),
  standing: z.number(),
  split: z.object({ 1: share, 2: share, 3: share, 4: share }),
  topSources: z.array(z.object({ title: z.string(), count: z.number(), share })),
  /** Calls by windows of 10 minutes, oldest first, empty ones included; null where nothing is known. */
  byTenMinutes: z.array(z.number().nullable()),
});
export type ReportLoad = z.infer<typeof reportLoadSchema>;

/** A figure of shared/figures.ts over the shift. */
export const reportFigureSchema = z.object({
  id: z.string(),
  label: z.string(),
  unit: z.string(),
  digits: z.number(),
  /** The mean over the time in which there was a value; null where there was none. */
  mean: z.number().nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  /**
   * Share of the data that should have been there: by the figure's own definition, times the share of the time that
   * Beacon was running.
   */
  present: share,
  /** Means per ten minutes from the start of the period; null is a gap. */
  course: z.array(z.number().nullable()),
});
export type ReportFigure = z.infer<typeof reportFigureSchema>;

/** A quantity of the county added up over the shift. */
export const reportSumSchema = z.object({
  label: z.string(),
  unit: z.string(),
  digits: z.number(),
  total: z.number().nullable(),
  present: share,
});
export type ReportSum = z.infer<typeof reportSumSchema>;

/** A time without data: a feed was silent, or the broker was away. `toMs` is absent where this still lasts. */
const lossSchema = z.object({
  feed: z.string(),
  name: z.string(),
  fromMs: z.number(),
  toMs: z.number().optional(),
  /** Within the period. */ lostMs: z.number(),
});

/** An alarm that was hidden from the operator, and until when. */
const hiddenAlarmSchema = z.object({
  title: z.string(),
  place: z.string(),
  how: z.enum(['shelved', 'outOfService']),
  by: z.string(),
  atMs: z.number(),
  untilMs: z.number().optional(),
  reason: z.string(),
  isStillSo: z.boolean(),
});

/** An open item that the next shift takes over, and who has it. */
const openItemSchema = z.object({
  kind: z.enum(['incident', 'alarm', 'position']),
  id: z.string(),
  priority: alarmPrioritySchema.optional(),
  title: z.string(),
  place: z.string(),
  owner: z.string().optional(),
  sinceMs: z.number(),
  state: z.string(),
});

/** Whose county a report is about, and how it writes times and units. */
export const reportCountySchema = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  displayUnits: countyProfileSchema.shape.displayUnits,
  isSimulated: z.boolean(),
});

/**
 * The report of a shift, in the shape of ICS 214 (FEMA, activity log): the period, who was there and at which position,
 * what was done, and by whom it is signed. The document to print, the table and the roll-ups are all made of it. Times
 * are UTC ms, values SI.
 */
export const shiftReportSchema = z.object({
  format: z.literal('beacon.shiftReport.1'),
  county: reportCountySchema,
  shiftId: z.string(),
  ...period,
  /** False while the shift is going on: the report ends with the present. */
  isClosed: z.boolean(),
  persons: z.array(
    z.object({
      person: personSchema,
      positions: z.array(z.string()),
      firstAtMs: z.number(),
      lastAtMs: z.number(),
      entries: z.number(),
    }),
  ),
  open: z.array(openItemSchema),
  incidents: z.array(reportIncidentSchema),
  alarmLoad: z.array(reportLoadSchema),
  figures: z.array(reportFigureSchema),
  sums: z.array(reportSumSchema),
  losses: z.array(lossSchema),
  /** Times at which Beacon was not running, or stored nothing. */
  blind: z.array(z.object(period)),
  hidden: z.array(hiddenAlarmSchema),
  comments: z.array(z.object({ by: personSchema, atMs: z.number(), text: z.string() })),
  /** The log of the period, oldest first. */
  activities: z.array(
    z.object({ atMs: z.number(), by: z.string(), text: z.string(), incidentId: z.string().optional() }),
  ),
  /** Where every sequence of the log ended: a chain that somebody rewrites later does not lead to these hashes. */
  heads: z.array(sequenceHeadSchema),
});
export type ShiftReport = z.infer<typeof shiftReportSchema>;

/** A report with what was said about it after it was made; `hash` is SHA-256 of the report's canonical JSON. */
export const shiftDocumentSchema = z.object({ report: shiftReportSchema, hash: z.string(), shift: shiftSchema });
export type ShiftDocument = z.infer<typeof shiftDocumentSchema>;
