import { ProtocolChoice } from '../../shared/wire/ProtocolChoice.ts';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RestartRequest } from '../../main/engine/base/RestartRequest.ts';
import type { Replication } from '../../main/engine/sync/Replication.ts';
import { setPastAside } from '../../main/engine/sync/deskFile.ts';
import { openReplication } from '../../main/engine/sync/openReplication.ts';
import type { SharedLog } from '../../main/engine/sync/openReplication.ts';
import { loadEngineId } from '../../main/engine/base/engineId.ts';
import { AttachmentStore } from '../../main/engine/incidents/AttachmentStore.ts';
import { IncidentCommands } from '../../main/engine/incidents/IncidentCommands.ts';
import { DeskKey } from '../../main/engine/people/DeskKey.ts';
import { EventLog } from '../../main/engine/log/EventLog.ts';
import { loadWorkstation } from '../../main/engine/log/workstation.ts';
import { reportShelf } from '../../main/engine/reports/reportShelf.ts';
import { openRecordStore } from '../../main/engine/store/record/openRecordStore.ts';
import type { Playbook } from '../../shared/incidents/playbook.ts';
import { orderEntries } from '../../shared/record/logEntry.ts';
import type { LogEntry } from '../../shared/record/logEntry.ts';
import { quietDesk } from './quietIncidents.ts';
import { builtEntry } from './startBuilt.ts';

const workerPath = builtEntry('storeWorker');

export type RunningDesk = {
  id: string;
  folder: string;
  url: string;
  replication: Replication;
  log: EventLog;
  incidents: IncidentCommands;
  key: DeskKey;
  attachments: AttachmentStore;
  notices: string[];
  /** All entries in the order of the log that is the same at every workstation. */
  entries: () => LogEntry[];
  join: (code: string) => Promise<void>;
  rename: SharedLog['rename'];
  stop: () => Promise<void>;
};

export type StartOptions = {
  folder: string;
  url: string;
  nowMs?: () => number;
  /** The playbook for every incident; empty by default. */ playbook?: Playbook;
};

/**
 * One workstation's log, incidents and replication, over real files and a real broker, without the rest of the engine.
 * It is stopped when the test is over, if not before.
 */
export async function startDesk({ folder, url, nowMs = Date.now, playbook }: StartOptions): Promise<RunningDesk> {
  setPastAside(folder, nowMs());
  const workstation = loadWorkstation(folder);
  const { store } = await openRecordStore({
    file: join(folder, 'record.db'),
    signer: workstation,
    workerPath,
    now: nowMs,
  });
  const log = new EventLog(store, nowMs);
  const incidents = new IncidentCommands({
    ...quietDesk,
    ...(playbook !== undefined && { playbookOf: () => playbook }),
    workstation: workstation.id,
    log,
    nowMs,
    timeZone: 'UTC',
    sendDispatch: () => undefined,
  });
  const key = DeskKey.load(join(folder, 'desk-key.json'));
  const attachments = new AttachmentStore(folder, nowMs);
  const all: LogEntry[] = [];
  const notices: string[] = [];
  log.onEntries((entries) => void all.push(...entries));
  const {
    replication,
    join: joinDesk,
    rename,
  } = openReplication({
    protocol: new ProtocolChoice(5),
    options: {
      dataDir: folder,
      brokerUrl: url,
      countyDir: '',
      clock: 'wall',
      storeWorkerPath: workerPath,
      version: '0',
    },
    engineId: loadEngineId(folder),
    workstation,
    eventLog: log,
    key,
    shelves: { attachment: attachments.shelf, report: reportShelf(folder) },
    nowMs,
    onNotice: ({ text }) => void notices.push(text),
    restart: new RestartRequest(),
    log: () => undefined,
  });
  await log.load();
  await replication.start();
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= replication.stop().then(() => store.close()));
  onTestFinished(stop);
  return {
    id: workstation.id,
    folder,
    url,
    replication,
    log,
    incidents,
    key,
    attachments,
    notices,
    entries: () => orderEntries(all),
    join: joinDesk,
    rename,
    stop,
  };
}
