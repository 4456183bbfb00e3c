import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { Domains } from '../domains/createDomains.ts';
import type { Hit } from './hit.ts';

/** What comes and goes, and so is in no index: alarms and vehicles. */
export function liveHits({ domains, alarms }: { domains: Domains; alarms: ActiveAlarms }): Hit[] {
  return [
    ...alarms
      .all()
      .map(({ id, title, state, lon, lat, raisedAtMs, place }): Hit => ({
        group: 'alarm',
        subject: { kind: 'alarm', id },
        title,
        detail: `Alarm, ${state}, ${place}`,
        atMs: raisedAtMs,
        ...(lon !== undefined && lat !== undefined && { lon, lat }),
      })),
    ...domains.transit
      .roster(0)
      .rows.map((row): Hit => ({
        group: 'county',
        subject: { kind: 'vehicle', id: row.id },
        title: row.label,
        detail: row.routeName === undefined ? row.mode : `${row.mode}, route ${row.routeName}`,
      })),
  ];
}
