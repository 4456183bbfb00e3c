import { IncidentCommands } from '../../../../../main/engine/incidents/IncidentCommands.ts';
import { EventLog } from '../../../../../main/engine/log/EventLog.ts';
import type { UnitReport, UnitStatus } from '../../../../../shared/base/values.ts';
import { openEffects } from '../../../../../shared/incidents/openEffects.ts';
import type { DecidedEffect } from '../../../../../shared/incidents/openEffects.ts';
import type { Incident } from '../../../../../shared/incidents/incident.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import type { DispatchMessage } from '../../../../../shared/wire/topics.ts';
import { memoryRecord } from '../../../../support/memoryRecord.ts';
import { quietDesk } from '../../../../support/quietIncidents.ts';

export const START = Date.UTC(2026, 10, 23, 12);
export const MINUTE = 60_000;
const crash = {
  type: 'crash',
  priority: 1,
  title: 'Crash on the freeway',
  place: 'Mile 12',
  lon: -120.5,
  lat: 35.5,
  alarmIds: ['a1'],
} as const;
/** What opens an incident: a crash that an alarm told of. */
export const input = { ...crash, alarmIds: [...crash.alarmIds] };

/**
 * The commands on incidents over a log in memory, with a clock that the test moves; `entries` is that log, from before
 * or to be filled. `sent` is what units were told.
 */
export async function openCommands(entries: LogEntry[] = []) {
  const time = { nowMs: START };
  const sent: { unitId: string; message: DispatchMessage }[] = [];
  const record = memoryRecord(entries);
  const log = new EventLog(record, () => time.nowMs);
  const incidentCommands = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs: () => time.nowMs,
    timeZone: 'America/Los_Angeles',
    sendDispatch: (unitId, message) => sent.push({ unitId, message }),
  });
  await log.load();
  const later = (ms: number) => (time.nowMs += ms);
  const unit = (unitId: string, status: UnitStatus, rest: Partial<UnitReport> = {}) =>
    incidentCommands.applyUnit({ kind: 'unit', unitId, status, atMs: time.nowMs, quality: 'good', ...rest });
  return { incidentCommands, log, record, entries, sent, later, unit, time };
}

/** The decision that everything which the incident has open ends with it. */
export const endAll = (incidentCommands: IncidentCommands, id: string): DecidedEffect[] =>
  openEffects(present(incidentCommands, id)).map(({ kind, id: effectId }) => ({ kind, id: effectId, fate: 'end' }));

/** The incident of that id, as screens see it. */
export const present = (incidentCommands: IncidentCommands, id: string): Incident => {
  const incident = incidentCommands.get(id);
  if (incident === undefined) throw new Error(`no incident ${id}`);
  return incident;
};
