import { join } from 'node:path';
import { parsePlaybook } from './playbooks/parsePlaybook.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Value } from '../../../shared/base/values.ts';
import type { County } from '../../../shared/county/county.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { PlaybookFault } from '../../../shared/incidents/playbookState.ts';
import { compareEntries, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { DispatchMessage } from '../../../shared/wire/topics.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import type { Log } from '../base/engine.ts';
import { PlaybookRegistry } from './playbooks/PlaybookRegistry.ts';
import type { EventLog } from '../log/EventLog.ts';
import type { AttachmentStore } from './AttachmentStore.ts';
import { incidentConditions, settingConditions } from './incidentConditions.ts';
import { IncidentCommands } from './IncidentCommands.ts';
import { Notifier } from './notify/Notifier.ts';
import { NotificationSettingsFile } from './notify/settings.ts';
import { SharedSettings } from './notify/SharedSettings.ts';
import { testNotification } from './notify/testNotification.ts';
import type { TestOutcome } from './notify/testNotification.ts';
import type { DeskKey } from '../people/DeskKey.ts';

type IncidentsOptions = {
  eventLog: EventLog;
  attachments: AttachmentStore;
  county: County;
  dataDir: string;
  countyDir: string;
  workstation: string;
  /** The name of this data folder's engine, which a copy of the folder does not have. */
  engineId: string;
  nowMs: () => CountyMs;
  sendDispatch: (unitId: string, message: DispatchMessage) => void;
  isLeader: () => boolean;
  key: DeskKey;
  /** Whether the log here is known to be that of the desk, as far as other workstations can be asked. */
  isDeskKnown: () => boolean;
  log: Log;
};

/**
 * The work on incidents and what it needs: playbooks, attachments, and notifications to people outside the control
 * room.
 */
export type Incidents = {
  incidentCommands: IncidentCommands;
  playbooks: PlaybookRegistry;
  attachments: AttachmentStore;
  notificationSettings: NotificationSettingsFile;
  /** Keeps an edit of a playbook at all workstations. Where it has faults they are returned, and nothing was kept. */
  savePlaybook: (author: Person, type: IncidentType, text: string) => Promise<PlaybookFault[]>;
  /**
   * Records what units report. Only the leading workstation does so, because every workstation receives the reports.
   */
  noteValues: (values: readonly Value[]) => void;
  /** The conditions that hold now: of incidents, and of the files of playbooks and notification settings. */
  conditions: (nowMs: number) => Condition[];
  /** Sends a message that says that it is a test. */
  testNotification: (
    test: { channel: 'email' | 'webhook'; to: string },
    workstationName: string,
  ) => Promise<TestOutcome>;
  /** Begins to look after files and notifications; returns a function that ends this. */
  start: () => () => Promise<void>;
};

const TEND_EVERY_MS = 1000;

function createCommands(
  { eventLog, county, nowMs, engineId, sendDispatch }: IncidentsOptions,
  playbooks: PlaybookRegistry,
): IncidentCommands {
  const linkNames = new Map(county.links.map(({ id, name }) => [id, name]));
  const unitNames = new Map(county.units.map(({ id, name }) => [id, name]));
  return new IncidentCommands({
    log: eventLog,
    nowMs,
    workstation: engineId,
    sendDispatch,
    countyName: county.profile.name,
    timeZone: county.profile.timeZone,
    playbookOf: (type) => playbooks.of(type),
    linkName: (linkId) => linkNames.get(linkId),
    routeName: (routeId) => county.timetable?.routes.get(routeId)?.shortName,
    unitName: (unitId) => unitNames.get(unitId),
    names: { unit: (id) => unitNames.get(id), route: (id) => county.timetable?.routes.get(id)?.shortName },
  });
}

/** Must be called before the log is loaded: the commands on incidents and the settings listen to it from here on. */
export async function createIncidents(options: IncidentsOptions): Promise<Incidents> {
  const { eventLog, attachments, county, dataDir, nowMs, workstation, isLeader, key, log } = options;
  const playbooks = await PlaybookRegistry.open(options);
  const incidentCommands = createCommands(options, playbooks);
  const notificationSettings = new NotificationSettingsFile(join(dataDir, 'notifications.json'));
  await notificationSettings.refresh();
  const shared = new SharedSettings({ eventLog, key, settings: notificationSettings, log });
  const notifier = new Notifier({
    eventLog,
    incidents: () => incidentCommands.working(),
    facts: (incident) => incidentCommands.facts(incident),
    settings: notificationSettings,
    isLeader,
    workstation,
    nowMs,
    log,
  });
  return {
    incidentCommands,
    playbooks,
    notificationSettings,
    attachments,
    noteValues(values) {
      for (const value of values)
        if (value.kind === 'unit' && isLeader())
          incidentCommands
            .applyUnit(value)
            .catch((error: unknown) => log('error', `The report of a unit was not recorded: ${String(error)}`));
    },
    conditions: (now) => [
      ...incidentConditions(incidentCommands.incidents(), now),
      ...settingConditions(playbooks.list(), notificationSettings.fault),
    ],
    savePlaybook: async (author, type, text) => {
      const parsed = parsePlaybook(text);
      if ('faults' in parsed) return parsed.faults;
      await eventLog.perform(author, { kind: 'playbook.saved', type, text });
      return playbooks.save(type, text);
    },
    testNotification: async (test, workstationName) => {
      await notificationSettings.refresh();
      const sender = { county: county.profile.name, workstation: workstationName, nowMs: nowMs() };
      return testNotification(test, notificationSettings.settings, sender);
    },
    start: () => {
      followPlaybooks(options, playbooks);
      return startTending(options, playbooks, notifier, shared);
    },
  };
}

/**
 * Keeps playbooks that were edited at other workstations here as well; an edit that is older than the newest one is
 * ignored. This is called when the log is already loaded.
 */
function followPlaybooks({ eventLog, workstation, log }: IncidentsOptions, playbooks: PlaybookRegistry): void {
  const newest = new Map<IncidentType, LogEntry>();
  eventLog.onEntries((entries) => {
    for (const entry of entries) {
      if (entry.event.kind !== 'playbook.saved') continue;
      const { type, text } = entry.event;
      const known = newest.get(type);
      if (known !== undefined && compareEntries(known, entry) > 0) continue;
      newest.set(type, entry);
      if (workstationOf(entry.sequence) === workstation) continue;
      playbooks
        .save(type, text)
        .catch((error: unknown) =>
          log('error', `The playbook ${type} of another workstation could not be kept: ${String(error)}`),
        );
    }
  });
}

function startTending(
  { isDeskKnown, log }: Pick<IncidentsOptions, 'isDeskKnown' | 'log'>,
  playbooks: PlaybookRegistry,
  notifier: Notifier,
  shared: SharedSettings,
): () => Promise<void> {
  let tending = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    // One round at a time: a slow disk must not let rounds pile up.
    if (isBusy) return;
    isBusy = true;
    tending = Promise.all([
      playbooks.refresh(),
      notifier.tend().then(() => (isDeskKnown() ? shared.tend() : undefined)),
    ])
      .catch((error: unknown) => log('error', `Notifications or playbooks could not be looked after: ${String(error)}`))
      .then(() => void (isBusy = false));
  }, TEND_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await tending;
    await notifier.settled();
  };
}
