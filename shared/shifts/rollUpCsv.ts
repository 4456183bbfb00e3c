import { incidentTypeNames } from '../incidents/incidentWords.ts';
import { csv } from './csv.ts';
import type { CsvValue } from './csv.ts';
import type { RollUp } from './rollUp.ts';

const HEADS = ['period', 'section', 'id', 'name', 'measure', 'value', 'unit', 'present'] as const;

const minutes = (ms: number | undefined): number | undefined =>
  ms === undefined ? undefined : Math.round(ms / 6000) / 10;
const iso = (atMs: number): string => new Date(atMs).toISOString();

type MeasureName = 'response' | 'roadwayClearance' | 'incidentClearance';

/** A week or a month as comma-separated values: one fact a line, times in UTC, values in SI units. */
export function rollUpCsv(rollUp: RollUp): string {
  const rows: CsvValue[][] = [];
  const add = (
    section: string,
    id: string,
    name: string,
    measure: string,
    value: CsvValue,
    unit?: string,
    present?: number,
  ): void => {
    rows.push([rollUp.id, section, id, name, measure, value, unit, present]);
  };
  for (const { shiftId, fromMs, toMs, hash, signedBy, incidents, present } of rollUp.shifts) {
    for (const [measure, value] of [
      ['from', iso(fromMs)],
      ['to', iso(toMs)],
      ['reportHash', hash],
      ['signedBy', signedBy],
      ['incidents', incidents],
    ] as const)
      add('shift', shiftId, shiftId, measure, value, undefined, present);
  }
  for (const { fromMs, toMs } of rollUp.missing) add('not reported', iso(fromMs), '', 'until', iso(toMs));
  const kinds = [
    ...rollUp.incidents.byType.map((each) => ({ id: each.type, name: incidentTypeNames[each.type], ...each })),
    ...rollUp.incidents.byPriority.map((each) => ({
      id: String(each.priority),
      name: `Priority ${each.priority}`,
      ...each,
    })),
  ];
  for (const kind of kinds) {
    add('incidents', kind.id, kind.name, 'opened', kind.opened);
    for (const measure of ['response', 'roadwayClearance', 'incidentClearance'] satisfies MeasureName[]) {
      const { medianMs, p90Ms, judged, met } = kind[measure];
      add('incidents', kind.id, kind.name, `${measure} median`, minutes(medianMs), 'min');
      add('incidents', kind.id, kind.name, `${measure} 90th percentile`, minutes(p90Ms), 'min');
      add(
        'incidents',
        kind.id,
        kind.name,
        `${measure} service level kept`,
        judged === 0 ? undefined : met / judged,
        '1',
      );
    }
  }
  for (const { positionId, name, raised, perDay, perHour, maxIn10Min, floodShare, knownShare } of rollUp.alarmLoad) {
    for (const [measure, value, unit] of [
      ['raised', raised],
      ['a day', perDay],
      ['an hour', perHour],
      ['most in 10 min', maxIn10Min],
      ['time in flood', floodShare, '1'],
    ] as const)
      add('alarm load', positionId, name, measure, value, unit, knownShare);
  }
  for (const { id, label, unit, mean, min, max, present } of rollUp.figures)
    for (const [measure, value] of [
      ['mean', mean],
      ['lowest', min],
      ['highest', max],
    ] as const)
      add('figure', id, label, measure, value, unit, present);
  for (const { label, unit, total, present } of rollUp.sums) add('sum', label, label, 'total', total, unit, present);
  for (const { feed, name, times, lostMs } of rollUp.losses) {
    add('feed lost', feed, name, 'times', times);
    add('feed lost', feed, name, 'lost', minutes(lostMs), 'min');
  }
  return csv(HEADS, rows);
}
