import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import type { County, Unit } from '../../../../shared/county/county.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import { unitStatusNames } from '../../../../shared/dispatch/unitWords.ts';
import { unitStatuses } from '../../../../shared/base/values.ts';
import { isUsable, qualityCode } from '../../../../shared/base/quality.ts';
import type { UnitReport } from '../../../../shared/base/values.ts';
import type { Domain } from '../kit/Domain.ts';
import type { Registry } from '../../registry/Registry.ts';
import { changedFrame, ChangedRows } from '../kit/ChangedRows.ts';

type RosterRow = StreamMessage<'units'>['rows'][number];

export type UnitsDomain = Domain & {
  /** Units whose incident changed since the cursor (0: all units), with the cursor for the next call. */
  roster: (cursor: number) => { rows: RosterRow[]; cursor: number };
  /** Every unit, where it was last (its base until it is heard), and what it said last. */
  present: () => { unit: Unit; lon: number; lat: number; report: UnitReport | undefined }[];
};

/** Units report every half minute at least. */
const STALE_MS = 120_000;

function detailOf(unit: Unit, report: UnitReport | undefined, nowMs: number): Detail {
  const isOld = report === undefined || nowMs - report.atMs > STALE_MS;
  return {
    subject: { kind: 'unit', id: unit.id },
    title: unit.name,
    subtitle: `Unit, ${unit.kind}`,
    lon: report?.lon ?? unit.baseLon,
    lat: report?.lat ?? unit.baseLat,
    facts: [
      report === undefined
        ? { label: 'Status', text: 'not heard yet' }
        : {
            label: 'Status',
            text: unitStatusNames[report.status],
            quality: isOld ? qualityCode.stale : qualityCode[report.quality],
            atMs: report.atMs,
          },
      ...(report?.incidentId === undefined ? [] : [{ label: 'Incident', text: report.incidentId }]),
    ],
    series: [],
    related: [],
  };
}

/**
 * Response units: where they are and what they do. Row: place in the county's list; a unit not heard yet is at its
 * base, off duty.
 */
export function createUnits(county: County, _registry: Registry): UnitsDomain {
  const rowOf = new Map(county.units.map(({ id }, row) => [id, row]));
  const reports: (UnitReport | undefined)[] = county.units.map(() => undefined);
  const places = county.units.map(({ baseLon, baseLat }) => ({ lon: baseLon, lat: baseLat }));
  const changes = new ChangedRows(county.units.length);
  const rosterChanges = new ChangedRows(county.units.length);

  return {
    apply(value, nowMs) {
      if (value.kind !== 'unit' || value.atMs > nowMs + FUTURE_TOLERANCE_MS) return;
      const row = rowOf.get(value.unitId);
      if (row === undefined || (reports[row]?.atMs ?? Number.NEGATIVE_INFINITY) > value.atMs) return;
      if (reports[row]?.incidentId !== value.incidentId) rosterChanges.touch(row);
      reports[row] = value;
      if (value.lon !== undefined && value.lat !== undefined && isUsable(value.quality))
        places[row] = { lon: value.lon, lat: value.lat };
      changes.touch(row);
    },
    judge: () => [],
    frameKinds: ['units'],
    frame(kind, cursor, nowMs) {
      if (kind !== 'units') return undefined;
      return changedFrame('units', changes, cursor, nowMs, (columns, at, row) => {
        const report = reports[row];
        columns.lon[at] = places[row]?.lon ?? Number.NaN;
        columns.lat[at] = places[row]?.lat ?? Number.NaN;
        columns.headingDeg[at] = report?.headingDeg ?? Number.NaN;
        columns.seenAtMs[at] = report?.atMs ?? Number.NaN;
        columns.status[at] = unitStatuses.indexOf(report?.status ?? 'offDuty');
      });
    },
    figures: () => [],
    detail(subject, nowMs) {
      const row = subject.kind === 'unit' ? rowOf.get(subject.id) : undefined;
      const unit = row === undefined ? undefined : county.units[row];
      return unit === undefined || row === undefined ? undefined : detailOf(unit, reports[row], nowMs);
    },
    present: () =>
      county.units.map((unit, row) => ({
        unit,
        lon: places[row]?.lon ?? unit.baseLon,
        lat: places[row]?.lat ?? unit.baseLat,
        report: reports[row],
      })),
    roster(cursor) {
      const changed = rosterChanges.since(cursor);
      if (changed === undefined) return { rows: [], cursor };
      const rows = changed.rows.flatMap((row): RosterRow[] => {
        const unit = county.units[row];
        const incidentId = reports[row]?.incidentId;
        return unit === undefined
          ? []
          : [
              {
                index: row,
                id: unit.id,
                name: unit.name,
                kind: unit.kind,
                ...(incidentId !== undefined && { incidentId }),
              },
            ];
      });
      return { rows, cursor: changed.cursor };
    },
  };
}
