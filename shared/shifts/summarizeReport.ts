import { HOUR_MS } from '../base/durations.ts';
import type { ShiftReport } from './shiftReport.ts';

/** The shift in a few numbers. Shares are 0..1. */
export type ReportSummary = {
  opened: number;
  carriedOver: number;
  resolved: number;
  open: number;
  /** How many times of service levels could be measured, and how many of them were met. */
  timesMeasured: number;
  timesMet: number;
  /** How many were reached too late, or not at all before the incident was resolved or the shift ended. */
  timesMissed: number;
  /** The position with the most alarms per hour; positions are never averaged. */
  busiest: { name: string; perHour: number } | undefined;
  flooded: { name: string; share: number } | undefined;
  /** The mean share of data over the figures. */
  present: number;
  lostMs: number;
};

const most = <T>(list: readonly T[], by: (item: T) => number): T | undefined =>
  list.reduce<T | undefined>((best, item) => (best === undefined || by(item) > by(best) ? item : best), undefined);

/** The numbers at the top of a report; they are of the part of the period of which something is known. */
export function summarize({ incidents, alarmLoad, figures, losses, fromMs, toMs }: ShiftReport): ReportSummary {
  const clocks = incidents.flatMap((incident) => incident.clocks);
  const isMeasured = new Set(['met', 'late', 'missed']);
  const hoursOf = (known: number): number => Math.min(toMs - fromMs, known * 600_000) / HOUR_MS;
  const loads = alarmLoad.map(({ name, raised, floodShare, byTenMinutes }) => ({
    name,
    floodShare,
    perHour: raised / Math.max(1 / 6, hoursOf(byTenMinutes.filter((count) => count !== null).length)),
  }));
  const busiest = most(loads, ({ perHour }) => perHour);
  const flooded = most(loads, ({ floodShare }) => floodShare);
  return {
    opened: incidents.filter(({ isCarriedOver }) => !isCarriedOver).length,
    carriedOver: incidents.filter(({ isCarriedOver }) => isCarriedOver).length,
    resolved: incidents.filter(({ status }) => status === 'resolved').length,
    open: incidents.filter(({ status }) => status !== 'resolved').length,
    timesMeasured: clocks.filter(({ state }) => isMeasured.has(state)).length,
    timesMet: clocks.filter(({ state }) => state === 'met').length,
    timesMissed: clocks.filter(({ state }) => state === 'late' || state === 'missed').length,
    busiest,
    flooded: flooded && { name: flooded.name, share: flooded.floodShare },
    present: figures.length === 0 ? 0 : figures.reduce((sum, figure) => sum + figure.present, 0) / figures.length,
    lostMs: losses.reduce((sum, loss) => sum + loss.lostMs, 0),
  };
}
