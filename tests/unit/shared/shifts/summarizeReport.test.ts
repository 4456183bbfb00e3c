import { describe, expect, it } from 'vitest';
import type { ShiftReport } from '../../../../shared/shifts/shiftReport.ts';
import { summarize } from '../../../../shared/shifts/summarizeReport.ts';
import { madeUpReport } from '../../../support/madeUpShift.ts';

const report = madeUpReport({ incidents: 3 });
const HOUR_MS = 3_600_000;
const [load] = report.alarmLoad;
const loadOf = (name: string, raised: number, floodShare: number, byTenMinutes: (number | null)[]) => ({
  ...load!,
  name,
  raised,
  floodShare,
  byTenMinutes,
});
const sixWindows = [1, 1, 1, 1, 1, 1];
const summaryOf = (parts: Partial<ShiftReport>) => summarize({ ...report, ...parts });

describe('the numbers at the head of a report', () => {
  it('count incidents by when they began and how they stand, and each once', () => {
    const [one, two, three] = report.incidents as [
      ShiftReport['incidents'][number],
      ShiftReport['incidents'][number],
      ShiftReport['incidents'][number],
    ];
    const summary = summaryOf({
      incidents: [
        { ...one, isCarriedOver: true, status: 'resolved' },
        { ...two, isCarriedOver: false, status: 'resolved' },
        { ...three, isCarriedOver: false, status: 'onScene' },
      ],
    });
    expect(summary).toMatchObject({ opened: 2, carriedOver: 1, resolved: 2, open: 1 });
  });

  it('count the times that can be judged, and those in time', () => {
    const [incident] = report.incidents;
    const clock = (state: ShiftReport['incidents'][number]['clocks'][number]['state']) => ({
      ...incident!.clocks[0]!,
      state,
    });
    const summary = summaryOf({
      incidents: [
        { ...incident!, clocks: (['met', 'met', 'late', 'missed', 'running', 'unmeasured'] as const).map(clock) },
      ],
    });
    expect(summary).toMatchObject({ timesMeasured: 4, timesMet: 2, timesMissed: 2 });
  });

  it('name the busiest and the most flooded position, by the hour that is known of', () => {
    const summary = summaryOf({
      fromMs: 0,
      toMs: HOUR_MS,
      alarmLoad: [
        loadOf('Streets', 12, 0.1, sixWindows),
        // Two alarms fewer, but of half an hour only.
        loadOf('Systems', 10, 0, [5, null, null, null, 5, 0]),
      ],
    });
    expect(summary.busiest).toEqual({ name: 'Systems', floodShare: 0, perHour: 20 });
    expect(summary.flooded).toEqual({ name: 'Streets', share: 0.1 });
  });

  it('do not make a flood of a shift that has just begun', () => {
    const summary = summaryOf({ fromMs: 0, toMs: 1000, alarmLoad: [loadOf('Streets', 1, 0, [1])] });
    expect(summary.busiest?.perHour).toBe(6);
  });

  it('say what was present and lost, and nothing where there is nothing', () => {
    const [figure] = report.figures;
    const summary = summaryOf({
      figures: [
        { ...figure!, present: 1 },
        { ...figure!, present: 0.5 },
      ],
      losses: [
        { feed: 'hfp', name: 'HFP', fromMs: 0, lostMs: 1000 },
        { feed: 'broker', name: 'Broker', fromMs: 0, lostMs: 500 },
      ],
    });
    expect(summary).toMatchObject({ present: 0.75, lostMs: 1500 });
    const empty = summaryOf({ incidents: [], figures: [], losses: [], alarmLoad: [] });
    expect(empty).toEqual({
      opened: 0,
      carriedOver: 0,
      resolved: 0,
      open: 0,
      timesMeasured: 0,
      timesMet: 0,
      timesMissed: 0,
      busiest: undefined,
      flooded: undefined,
      present: 0,
      lostMs: 0,
    });
  });
});
