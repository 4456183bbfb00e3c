import { HOUR_MS } from '../base/durations.ts';
import type { ShiftReport } from './shiftReport.ts';

/** The shift in a few numbers. Shares are 0..1. */
export type ReportSummary = {
  opened: number;
  carriedOver: number;
  resolved: number;
  open: number;
  /** Times of service levels that could be measured, and those that were kept. */
  timesMeasured: number;
  timesMet: number;
  /** The position with most alarms an hour; positions are never averaged. */
  busiest: { name: string; perHour: number } | undefined;
  flooded: { name: string; share: number } | undefined;
  /** Mean over the figures. */
  present: number;
  lostMs: number;
};

const most = <T>(list: readonly T[], by: (item: T) => number): T | undefined =>
  list.reduce<T | undefined>((best, item) => (best === undefined || by(item) > by(best) ? item : best), undefined);

/** The numbers at the head of a report; of a period that something is known of. */
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
    busiest,
    flooded: flooded && { name: flooded.name, share: flooded.floodShare },
    present: figures.length === 0 ? 0 : figures.reduce((sum, figure) => sum + figure.present, 0) / figures.length,
    lostMs: losses.reduce((sum, loss) => sum + loss.lostMs, 0),
  };
}
