import type { StreamMessage } from '../../../../shared/contract/contract.ts';
import type { Detail } from '../../../../shared/contract/historyRequests.ts';
import type { County, Unit } from '../../../../shared/county/county.ts';
import { FUTURE_TOLERANCE_MS } from '../../../../shared/base/clock.ts';
import { unitStatusNames } from '../../../../shared/dispatch/unitWords.ts';
import type { FrameData } from '../../../../shared/live/frame.ts';
import { isUsable, qualityCode } from '../../../../shared/base/quality.ts';
import { unitStatuses } from '../../../../shared/base/values.ts';
import type { UnitReport } from '../../../../shared/base/values.ts';
import type { Domain, Hit } from '../kit/Domain.ts';
import { capabilitiesOf } from '../../../../shared/incidents/need.ts';
import type { RequestOutput } from '../../../../shared/contract/contract.ts';
import { changedFrame, ChangedRows } from '../kit/ChangedRows.ts';
import type { PresentUnit } from '../kit/Offers.ts';
import { rosterSource } from '../kit/rosterSource.ts';

type RosterRow = StreamMessage<'units'>['rows'][number];

/** Units report at least every half minute. */
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

const toUnitAnswer = (unit: Unit): RequestOutput<'county.units'>['units'][number] => ({
  id: unit.id,
  name: unit.name,
  kind: unit.kind,
  base: unit.base,
  capabilities: [...capabilitiesOf(unit)],
  shift: unit.shift,
});

const toHit = ({ id, name, kind }: Unit): Hit => ({
  group: 'county',
  subject: { kind: 'unit', id },
  title: name,
  detail: `Unit, ${kind}`,
});

/** The positions and the status of the units. A row is the unit's place in the county's list. */
class UnitStates {
  readonly #units: readonly Unit[];
  readonly #rowOf: Map<string, number>;
  readonly #reports: (UnitReport | undefined)[];
  readonly #places: { lon: number; lat: number }[];
  readonly changes: ChangedRows;
  readonly #rosterChanges: ChangedRows;

  constructor(units: readonly Unit[]) {
    this.#units = units;
    this.#rowOf = new Map(units.map(({ id }, row) => [id, row]));
    this.#reports = units.map(() => undefined);
    this.#places = units.map(({ baseLon, baseLat }) => ({ lon: baseLon, lat: baseLat }));
    this.changes = new ChangedRows(units.length);
    this.#rosterChanges = new ChangedRows(units.length);
  }

  apply(report: UnitReport): void {
    const row = this.#rowOf.get(report.unitId);
    if (row === undefined || (this.#reports[row]?.atMs ?? Number.NEGATIVE_INFINITY) > report.atMs) return;
    if (this.#reports[row]?.incidentId !== report.incidentId) this.#rosterChanges.touch(row);
    this.#reports[row] = report;
    const { lon, lat, quality } = report;
    if (lon !== undefined && lat !== undefined && isUsable(quality)) this.#places[row] = { lon, lat };
    this.changes.touch(row);
  }

  /** A unit that has not reported yet is shown at its base, off duty. */
  fill(columns: FrameData<'units'>, at: number, row: number): void {
    const report = this.#reports[row];
    columns.lon[at] = this.#places[row]?.lon ?? Number.NaN;
    columns.lat[at] = this.#places[row]?.lat ?? Number.NaN;
    columns.headingDeg[at] = report?.headingDeg ?? Number.NaN;
    columns.seenAtMs[at] = report?.atMs ?? Number.NaN;
    columns.status[at] = unitStatuses.indexOf(report?.status ?? 'offDuty');
  }

  detail(unitId: string, nowMs: number): Detail | undefined {
    const row = this.#rowOf.get(unitId) ?? -1;
    const unit = this.#units[row];
    return unit && detailOf(unit, this.#reports[row], nowMs);
  }

  present(): PresentUnit[] {
    return this.#units.map((unit, row) => ({
      unit,
      lon: this.#places[row]?.lon ?? unit.baseLon,
      lat: this.#places[row]?.lat ?? unit.baseLat,
      report: this.#reports[row],
    }));
  }

  /** Units whose incident changed since the cursor (0: all units). */
  roster(cursor: number): { rows: RosterRow[]; cursor: number } {
    const changed = this.#rosterChanges.since(cursor);
    if (changed === undefined) return { rows: [], cursor };
    const rows = changed.rows.flatMap((row): RosterRow[] => {
      const unit = this.#units[row];
      const incidentId = this.#reports[row]?.incidentId;
      if (unit === undefined) return [];
      const { id, name, kind } = unit;
      return [{ index: row, id, name, kind, ...(incidentId !== undefined && { incidentId }) }];
    });
    return { rows, cursor: changed.cursor };
  }
}

/** The units domain: the positions and the status of response units. */
export function createUnitsDomain({ units }: Pick<County, 'units'>): Domain {
  const states = new UnitStates(units);
  const answer = { units: units.map(toUnitAnswer) };
  return {
    id: 'units',
    alarmDomains: [],
    apply(value, nowMs) {
      if (value.kind === 'unit' && value.atMs <= nowMs + FUTURE_TOLERANCE_MS) states.apply(value);
    },
    judge: () => [],
    figures: () => [],
    frames: {
      units: (cursor, nowMs) =>
        changedFrame('units', states.changes, cursor, nowMs, (columns, at, row) => states.fill(columns, at, row)),
    },
    streams: { units: rosterSource((cursor) => states.roster(cursor)) },
    detail: ({ kind, id }, nowMs) => (kind === 'unit' ? states.detail(id, nowMs) : undefined),
    indexedHits: () => units.map(toHit),
    requests: { 'county.units': () => answer },
    offers: { presentUnits: () => states.present() },
  };
}
