import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Alarm } from '../../../shared/alarms/alarm.ts';
import { isHidden } from '../../../shared/alarms/alarmStates.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { StreamMessage } from '../../../shared/contract/contract.ts';
import type { DeskState } from '../../../shared/desk/deskState.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import type { EngineOptions } from '../base/engine.ts';
import type { BrokerConnection } from '../ingest/BrokerConnection.ts';
import type { UnplacedDevices } from '../ingest/UnplacedDevices.ts';
import type { ScheduledBackups } from '../maintenance/ScheduledBackups.ts';
import type { Certificates } from './Certificates.ts';
import type { Metrics } from './createMetrics.ts';
import { isAwaited } from './isAwaited.ts';
import type { Warnings } from './Warnings.ts';

type Measured = {
  metrics: Metrics;
  options: EngineOptions;
  broker: BrokerConnection;
  unplaced: UnplacedDevices;
  alarms: { all: () => readonly Alarm[] };
  incidentCommands: { incidents: () => readonly Incident[] };
  sharedLog: { replication: { state: () => DeskState; refusedTopics: () => TopicRefusal[] } };
  vitals: { now: () => StreamMessage<'vitals'> };
  warnings: Warnings;
  certificates: Certificates;
  backups: Pick<ScheduledBackups, 'lastAtMs'>;
  mostCacheBytes: number;
};

/** The states of a notification that reached nobody by itself. */
const FAILED = new Set(['byHand', 'uncertain']);

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

function alarmsByPriority(alarms: readonly Alarm[]): Record<string, number> {
  const counts: Record<string, number> = { 1: 0, 2: 0, 3: 0, 4: 0 };
  for (const alarm of alarms) {
    if (isHidden(alarm)) continue;
    counts[alarm.priority] = (counts[alarm.priority] ?? 0) + 1;
  }
  return counts;
}

type Replicating = Measured['sharedLog']['replication'];

function measureDesk({ gauge, gauges }: Metrics, replication: Replicating): void {
  gauge(
    'beacon_desk_peers',
    'Other workstations of the desk that are heard now.',
    () => replication.state().workstations.filter(({ state }) => state === 'live').length,
  );
  gauge(
    'beacon_desk_entries_behind',
    'Entries that other workstations have and that are not here yet.',
    () => replication.state().missing,
  );
  gauges(
    'beacon_desk_peer_entries_behind',
    'Entries that are here and not yet there, by workstation.',
    'workstation',
    () =>
      Object.fromEntries(
        replication
          .state()
          .workstations.filter(({ state }) => state !== 'self' && state !== 'revoked')
          .map(({ id, behind }) => [id, behind]),
      ),
  );
  gauge('beacon_desk_leader', '1 while this workstation leads.', () => Number(replication.state().isLeading));
  gauge('beacon_desk_connected', '1 while the line of the shared desk stands.', () =>
    Number(replication.state().isConnected),
  );
}

/** Adds the figures by which an administrator's monitoring sees whether the service as a whole is well. */
export function measureService(parts: Measured): void {
  const { metrics, options, broker, unplaced, alarms, incidentCommands, sharedLog, vitals, warnings, certificates } =
    parts;
  const { gauge, gauges } = metrics;
  const { replication } = sharedLog;
  measureDesk(metrics, replication);
  const open = (): Incident[] =>
    incidentCommands.incidents().filter(({ status, mergedInto }) => status !== 'resolved' && mergedInto === undefined);
  gauges('beacon_info', 'Always 1; the version is the label.', 'version', () => ({ [options.version]: 1 }));
  gauges('beacon_alarms', 'Alarms that are not hidden, by priority.', 'priority', () => alarmsByPriority(alarms.all()));
  gauge('beacon_incidents_open', 'Incidents that are not resolved.', () => open().length);
  gauge(
    'beacon_notifications_failed',
    'Notifications of open incidents that failed and became a task of people.',
    () => open().flatMap(({ notifications = [] }) => notifications.filter(({ state }) => FAILED.has(state))).length,
  );
  gauge(
    'beacon_refused_topics',
    'Topics that the broker does not let Beacon read or write.',
    () => broker.refused().length + replication.refusedTopics().length,
  );
  gauge(
    'beacon_feeds_awaited',
    'Feeds that were never heard although the county has devices for them.',
    () => vitals.now().feeds.filter(isAwaited).length,
  );
  gauge(
    'beacon_unplaced_devices',
    'Devices and units that the registers of the county do not know, or give no place.',
    () => unplaced.size,
  );
  gauge(
    'beacon_warnings',
    'What an administrator should change although everything works.',
    () => warnings.now().length,
  );
  gauges(
    'beacon_certificate_end_timestamp_seconds',
    'When a certificate ends, UTC, by what it is for; absent without TLS.',
    'of',
    () => Object.fromEntries(Object.entries(certificates.ends()).map(([use, endsMs]) => [use, endsMs / 1000])),
  );
  if (options.backups !== undefined)
    gauge(
      'beacon_last_backup_timestamp_seconds',
      'When this workstation last backed itself up, UTC; 0 where it never did.',
      () => (parts.backups.lastAtMs() ?? 0) / 1000,
    );
  const cache = join(options.dataDir, 'telemetry.db');
  gauge('beacon_cache_bytes', 'Size of the telemetry cache.', () => sizeOf(cache) + sizeOf(`${cache}-wal`));
  gauge('beacon_cache_bound_bytes', 'What the telemetry cache may hold.', () => parts.mostCacheBytes);
}
