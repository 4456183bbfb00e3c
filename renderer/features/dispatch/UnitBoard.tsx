import type { ReactNode } from 'react';
import { formatDistance } from '../../../shared/base/display.ts';
import { distanceM } from '../../../shared/base/geometry/distanceM.ts';
import { isUnanswered } from '../../../shared/dispatch/isUnanswered.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { useCountyData, useLive, useNow, useStream } from '../../client/hooks.ts';
import { useDisplayUnits } from '../../client/useDisplayUnits.ts';
import { useShow } from '../../client/useShow.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { boardRows } from './boardRows.ts';
import type { BoardRow, CountyUnit, HeardUnit } from './boardRows.ts';
import styles from './UnitBoard.module.css';

type Props = { units: readonly CountyUnit[] | undefined; incidents: Iterable<Incident> };

/** Units report at least every half minute; the age of an older report is shown in words. */
const OLD_MS = 120_000;
/** A unit this near to the point where a town's name stands is said to be in the town. */
const IN_TOWN_M = 1000;

/** All units of the county: what each does, where, for which incident, and in which shift. */
export function UnitBoard({ units, incidents }: Props): ReactNode {
  const heard = useHeardUnits();
  const nowMs = useNow(1000) ?? 0;
  if (units === undefined) return <Skeleton rows={8} height={28} />;
  const unanswered = new Map(
    [...incidents].flatMap(({ id, status, engagements = [] }) =>
      status === 'resolved'
        ? []
        : engagements.filter((each) => isUnanswered(each, nowMs)).map(({ unitId }) => [unitId, id] as const),
    ),
  );
  const rows = boardRows(units, heard, unanswered);
  return (
    <div className={styles['board']}>
      <table aria-label="Units">
        <thead>
          <tr>
            {['Unit', 'Kind', 'Status', 'Incident', 'Where', 'Shift', 'Heard'].map((head) => (
              <th key={head} scope="col" className={styles[head.toLowerCase()]}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <UnitCells key={row.id} row={row} nowMs={nowMs} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function UnitCells({ row, nowMs }: { row: BoardRow; nowMs: number }): ReactNode {
  const show = useShow();
  const ageMs = nowMs - row.seenAtMs;
  return (
    <tr data-tone={row.tone} data-testid="unit-row">
      <th scope="row">
        <button
          type="button"
          onClick={() => show({ kind: 'unit', id: row.id }, {})}
          title={`Show ${row.name} on the map`}
        >
          {row.name}
        </button>
      </th>
      <td className={styles['kind']}>{row.kind}</td>
      <td className={styles['status']} title={row.status}>
        {row.status}
      </td>
      <td>{row.incidentId ?? ''}</td>
      <td className={styles['where']} title={row.where}>
        {row.where}
      </td>
      <td className={styles['shift']}>{row.shift}</td>
      <td data-old={ageMs > OLD_MS}>{Number.isNaN(ageMs) ? 'never' : formatAge(ageMs)}</td>
    </tr>
  );
}

/** Every unit as it was last heard, updated once per second, with its place described from the nearest town. */
function useHeardUnits(): ReadonlyMap<string, HeardUnit> {
  const { tables } = useLive();
  const roster = useStream('units');
  const display = useDisplayUnits();
  const places =
    useCountyData().map?.features.flatMap(({ kind, name, point }) =>
      kind === 'place' && name !== undefined && point !== undefined ? [{ name, point }] : [],
    ) ?? [];
  useNow(1000);
  const whereIs = (row: number): string => {
    const [lon, lat] = [tables.units.motion.drawn[2 * row], tables.units.motion.drawn[2 * row + 1]];
    if (lon === undefined || lat === undefined || Number.isNaN(lon) || !tables.units.rows.includes(row)) return '';
    const near = places
      .map(({ name, point }) => ({ name, metres: distanceM(lon, lat, point[0], point[1]) }))
      .reduce<{ name: string; metres: number } | undefined>(
        (best, each) => (each.metres < (best?.metres ?? Infinity) ? each : best),
        undefined,
      );
    if (near === undefined) return '';
    return near.metres < IN_TOWN_M ? `in ${near.name}` : `${formatDistance(near.metres, display)} from ${near.name}`;
  };
  return new Map(
    [...(roster?.values() ?? [])].map(({ index, id, incidentId }) => [
      id,
      { index, id, incidentId, ...tables.units.state(index), where: whereIs(index) },
    ]),
  );
}
