import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { Hit } from './hit.ts';

/** Hits that come and go, and so are in no index: alarms, and such things of the domains. */
export function liveHits({ domains, alarms }: { domains: DomainSet; alarms: ActiveAlarms }): Hit[] {
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
    ...domains.liveHits(),
  ];
}
