import { join } from 'node:path';
import { parsePlaybook } from './playbooks/parsePlaybook.ts';
import type { County } from '../../../shared/county/county.ts';
import type { IncidentType } from '../../../shared/incidents/incident.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { PlaybookFault } from '../../../shared/incidents/playbookState.ts';
import { compareEntries, workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { DispatchMessage } from '../../../shared/wire/topics.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import type { Log } from '../base/engine.ts';
import { PlaybookBook } from './playbooks/PlaybookBook.ts';
import type { DeskLog } from '../log/DeskLog.ts';
import type { AttachmentStore } from './AttachmentStore.ts';
import { incidentConditions, settingConditions } from './incidentConditions.ts';
import { IncidentDesk } from './IncidentDesk.ts';
import { Notifier } from './notify/Notifier.ts';
import { NotificationSettingsFile } from './notify/settings.ts';

type IncidentsOptions = {
  deskLog: DeskLog;
  attachments: AttachmentStore;
  county: County;
  dataDir: string;
  countyDir: string;
  workstation: string;
  nowMs: () => number;
  sendDispatch: (unitId: string, message: DispatchMessage) => void;
  isLeader: () => boolean;
  log: Log;
};

/** The work on incidents and what it stands on: playbooks, attachments, and telling people outside of the room. */
export type Incidents = {
  desk: IncidentDesk;
  playbooks: PlaybookBook;
  attachments: AttachmentStore;
  notificationSettings: NotificationSettingsFile;
  /** Keeps an edit of a playbook at all workstations. Where it has faults they are returned, and nothing was kept. */
  savePlaybook: (author: Person, type: IncidentType, text: string) => Promise<PlaybookFault[]>;
  /** What of it is an alarm now. */
  conditions: (nowMs: number) => Condition[];
  /** Begins to look after files and notifications; returns what ends it. */
  start: () => () => Promise<void>;
};

const TEND_EVERY_MS = 1000;

/** The log is loaded after this: the desk listens to it from here on. */
export async function createIncidents(options: IncidentsOptions): Promise<Incidents> {
  const { deskLog, attachments, county, dataDir, nowMs, workstation, sendDispatch, isLeader, log } = options;
  const playbooks = await PlaybookBook.open(options);
  const linkNames = new Map(county.links.map(({ id, name }) => [id, name]));
  const desk = new IncidentDesk({
    log: deskLog,
    nowMs,
    workstation,
    sendDispatch,
    countyName: county.profile.name,
    timeZone: county.profile.timeZone,
    playbookOf: (type) => playbooks.of(type),
    linkName: (linkId) => linkNames.get(linkId),
  });
  const notificationSettings = new NotificationSettingsFile(join(dataDir, 'notifications.json'));
  const notifier = new Notifier({
    deskLog,
    incidents: () => desk.working(),
    facts: (incident) => desk.facts(incident),
    settings: notificationSettings,
    isLeader,
    workstation,
    nowMs,
    log,
  });
  return {
    desk,
    playbooks,
    notificationSettings,
    attachments,
    conditions: (now) => [
      ...incidentConditions(desk.incidents(), now),
      ...settingConditions(playbooks.list(), notificationSettings.fault),
    ],
    savePlaybook: async (author, type, text) => {
      const parsed = parsePlaybook(text);
      if ('faults' in parsed) return parsed.faults;
      await deskLog.perform(author, { kind: 'playbook.saved', type, text });
      return playbooks.save(type, text);
    },
    start: () => {
      followPlaybooks(options, playbooks);
      return startTending(playbooks, notifier, log);
    },
  };
}

/**
 * What was edited at another workstation is kept here as well; what is older than the newest edit is history. Called
 * when the log is loaded.
 */
function followPlaybooks({ deskLog, workstation, log }: IncidentsOptions, playbooks: PlaybookBook): void {
  const newest = new Map<IncidentType, LogEntry>();
  deskLog.onEntries((entries) => {
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

function startTending(playbooks: PlaybookBook, notifier: Notifier, log: Log): () => Promise<void> {
  let tending = Promise.resolve();
  let isBusy = false;
  const timer = setInterval(() => {
    // One look at a time: a slow disk must not pile them up.
    if (isBusy) return;
    isBusy = true;
    tending = Promise.all([playbooks.refresh(), notifier.tend()])
      .catch((error: unknown) => log('error', `Notifications or playbooks could not be looked after: ${String(error)}`))
      .then(() => void (isBusy = false));
  }, TEND_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await tending;
    await notifier.settled();
  };
}
