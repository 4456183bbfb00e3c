import type { Measure } from '../measure.ts';

/** How long incidents hold up the road, by their class. */
export const incidentTimes: Measure = {
  id: 'incidentTimes',
  version: 1,
  name: 'Incident times',
  formula:
    'detection T1 − T0, verification T2 − T1, response T4 − T2, roadway clearance T5 − T1, incident clearance T6 − T1, recovery T7 − T5; median by class',
  unit: 'min',
  window: 'month, by class of incident',
  exclusions: ['steps of which one of the two times was not written down; no time is computed back'],
  leastShare: 0.75,
  better: 'lower',
  source: 'FHWA Traffic Incident Management performance measures; NCHRP 07-20',
};

/** Times of one incident in milliseconds, from T0 (it occurs) to T7 (normal flow returns); absent where unknown. */
export type IncidentClocks = Partial<Record<'t0' | 't1' | 't2' | 't3' | 't4' | 't5' | 't6' | 't7', number>>;

const steps = {
  detection: ['t0', 't1'],
  verification: ['t1', 't2'],
  response: ['t2', 't4'],
  roadwayClearance: ['t1', 't5'],
  incidentClearance: ['t1', 't6'],
  recovery: ['t5', 't7'],
} as const;

/** Each step's minutes; a step without both times, or whose times are in the wrong order, is absent. */
export function incidentMinutes(clocks: IncidentClocks): Partial<Record<keyof typeof steps, number>> {
  return Object.fromEntries(
    Object.entries(steps).flatMap(([step, [from, to]]) => {
      const [fromMs, toMs] = [clocks[from], clocks[to]];
      return fromMs === undefined || toMs === undefined || toMs < fromMs ? [] : [[step, (toMs - fromMs) / 60_000]];
    }),
  );
}
