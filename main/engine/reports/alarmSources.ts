import { DAY_MS } from '../../../shared/base/durations.ts';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { alarmKey } from '../../../shared/alarms/alarmIdentity.ts';
import { periodLoad } from '../../../shared/alarms/alarmLoad.ts';
import type { Raised } from '../../../shared/alarms/alarmLoad.ts';
import { isStanding } from '../../../shared/alarms/alarmStates.ts';
import type { Position } from '../../../shared/alarms/positions.ts';
import { orderEntries } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { ShiftReport } from '../../../shared/shifts/shiftReport.ts';

type Period = { fromMs: number; toMs: number };
type Holder = ShiftReport['alarmLoad'][number]['holders'][number];

/** Calls are read from this much before the period, so that a flood that was under way when it began is recognised. */
const LEAD_MS = 2 * 3_600_000;

/** Who held a position when, within the period. A person who takes it ends the hold of the previous holder. */
function holdersOf(positionId: string, ordered: readonly LogEntry[], { fromMs, toMs }: Period): Holder[] {
  const holds: Holder[] = [];
  let since: { name: string; atMs: number } | undefined;
  const end = (atMs: number): void => {
    if (since !== undefined && atMs > fromMs)
      holds.push({ name: since.name, fromMs: Math.max(since.atMs, fromMs), toMs: Math.min(atMs, toMs) });
    since = undefined;
  };
  for (const { event, author, atMs } of ordered) {
    if (event.kind !== 'position.taken' && event.kind !== 'position.released') continue;
    if (event.positionId !== positionId || atMs > toMs) continue;
    if (event.kind === 'position.taken' && since?.name === author.name) continue;
    end(atMs);
    if (event.kind === 'position.taken') since = { name: author.name, atMs };
  }
  end(toMs);
  return holds;
}

type LoadSources = {
  positions: readonly Position[];
  period: Period;
  entries: readonly LogEntry[];
  raised: readonly Raised[];
  /** Nothing is known of the time before. */ sinceMs: number;
  standing: readonly Alarm[];
};

/** The load of each position over a period. Alarms from before there were positions count for the first one. */
export function positionLoads({
  positions,
  period,
  entries,
  raised,
  sinceMs,
  standing,
}: LoadSources): ShiftReport['alarmLoad'] {
  const ordered = orderEntries(entries);
  const within = raised.filter(({ atMs }) => atMs >= period.fromMs - LEAD_MS && atMs < period.toMs);
  const calls = Map.groupBy(within, ({ position }) => position ?? positions[0]?.id ?? '');
  return positions.map(({ id, name }) => {
    const { count, floods, floodShare, busyWindows, maxIn10Min, split, topSources, byTenMinutes, knownWindows } =
      periodLoad(calls.get(id) ?? [], { ...period, sinceMs });
    const alarms = standing
      .filter(
        ({ position, domain, raisedAtMs }) => position === id && domain !== 'maintenance' && raisedAtMs <= period.toMs,
      )
      .filter(isStanding);
    const unknown = byTenMinutes.length - knownWindows;
    return {
      positionId: id,
      name,
      holders: holdersOf(id, ordered, period),
      raised: count,
      maxIn10Min,
      floodShare,
      busyWindows,
      split,
      floods: floods.map(({ fromMs, toMs = period.toMs }) => ({ fromMs, toMs })),
      standing: alarms.length,
      stale: alarms.filter(({ raisedAtMs }) => period.toMs - raisedAtMs > DAY_MS).length,
      topSources: topSources.map(({ title, count: times, share }) => ({ title, count: times, share })),
      byTenMinutes: byTenMinutes.map((times, index) => (index < unknown ? null : times)),
    };
  });
}

/** What was shelved or out of service within a period. */
export function hiddenAlarms(entries: readonly LogEntry[], { fromMs, toMs }: Period): ShiftReport['hidden'] {
  const ordered = orderEntries(entries).filter(({ atMs }) => atMs <= toMs);
  return ordered.flatMap(({ event, author, atMs }, index) => {
    if (event.kind !== 'alarm.shelved' && event.kind !== 'alarm.takenOutOfService') return [];
    const isShelving = event.kind === 'alarm.shelved';
    // A new shelving replaces the previous one.
    const enders: string[] = isShelving
      ? ['alarm.unshelved', 'alarm.shelved']
      : ['alarm.returnedToService', 'alarm.takenOutOfService'];
    const ender = ordered
      .slice(index + 1)
      .find(
        (later) =>
          enders.includes(later.event.kind) &&
          'alarm' in later.event &&
          later.event.alarm !== undefined &&
          alarmKey(later.event.alarm) === alarmKey(event.alarm),
      );
    const untilMs = Math.min(
      isShelving ? event.untilMs : Number.POSITIVE_INFINITY,
      ender?.atMs ?? Number.POSITIVE_INFINITY,
    );
    if (untilMs <= fromMs) return [];
    return [
      {
        title: event.title,
        place: event.place,
        how: isShelving ? ('shelved' as const) : ('outOfService' as const),
        by: author.name,
        atMs,
        reason: event.reason,
        ...(Number.isFinite(untilMs) && { untilMs }),
        isStillSo: untilMs > toMs,
      },
    ];
  });
}
