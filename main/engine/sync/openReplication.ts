import type { CountyMs } from '../../../shared/base/clock.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import { monotonicMs } from '../base/EngineClock.ts';
import { refusalText } from '../../../shared/base/topicRefusal.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { EngineOptions, Log } from '../base/engine.ts';
import { renewEngineId } from '../base/engineId.ts';
import type { DeskKey } from '../people/DeskKey.ts';
import type { EventLog } from '../log/EventLog.ts';
import type { Workstation } from '../log/workstation.ts';
import { RequestError } from '../base/RequestError.ts';
import type { StoreNotice } from '../store/store.ts';
import { Replication } from './Replication.ts';
import type { FileShelves } from '../base/FileShelf.ts';
import { openAcknowledgingPeers } from './acknowledgingPeers.ts';
import { saveWorkstation } from '../log/workstation.ts';
import { readDeskFile, writeDeskFile } from './deskFile.ts';
import type { DeskFile } from './deskFile.ts';
import { fingerprintOf } from './foldTrust.ts';
import { joinDesk } from './joinDesk.ts';
import { Membership } from './Membership.ts';
import { putOutText } from './PutOutWatch.ts';
import type { RestartRequest } from '../base/RestartRequest.ts';
import { renameWorkstation } from './renameWorkstation.ts';
import { renewIdentity } from './renewIdentity.ts';

type OpenDeskOptions = {
  options: EngineOptions;
  workstation: Workstation;
  eventLog: EventLog;
  key: DeskKey;
  shelves: FileShelves;
  /** The client id of the engine at the broker. */
  engineId: string;
  /** The version of MQTT that the broker speaks. */
  protocol: ProtocolChoice;
  nowMs: () => CountyMs;
  onNotice: (notice: StoreNotice) => void;
  restart: RestartRequest;
  log: Log;
};

export type SharedLog = {
  replication: Replication;
  /** Leaves this desk for the one that the code belongs to. Rejects with a RequestError. */
  join: (code: string) => Promise<void>;
  /** Ends that another process runs under the identity of this workstation. Rejects with a RequestError. */
  renewIdentity: (author: Person) => Promise<void>;
  /** Gives a workstation of the desk another name. Rejects with a RequestError. */
  rename: (author: Person, workstationId: string, name: string) => Promise<void>;
};

/** Reads the desk of the data folder; the first start founds a new desk. */
function deskOf(dataDir: string, { id, name, publicKey }: Workstation): DeskFile {
  const known = readDeskFile(dataDir);
  if (known !== undefined) return known;
  const founded = { deskId: fingerprintOf(publicKey), known: [{ id, name, publicKey }], isJoining: false };
  writeDeskFile(dataDir, founded);
  return founded;
}

/** Two engines with one client id would disconnect each other at the broker. */
function takeAnotherName(dataDir: string, log: Log): void {
  renewEngineId(dataDir);
  log(
    'warn',
    'This data folder is a copy of one that is in use: the engine starts anew under a name of its own at the broker.',
  );
}

/** Opens the desk of this data folder. Must be called before its log is loaded. Throws a DataFolderError. */
export function openReplication(open: OpenDeskOptions): SharedLog {
  const { options, workstation, eventLog, key, shelves, engineId, protocol, nowMs, onNotice, restart, log } = open;
  const { dataDir, brokerUrl: url, mqtt: credentials = {} } = options;
  const desk = deskOf(dataDir, workstation);
  const { deskId, known, putOut } = desk;
  if (putOut !== undefined) eventLog.close(putOutText(putOut));
  const membership = new Membership(deskId, known);
  const replication = new Replication({
    log: eventLog,
    membership,
    workstation,
    keys: key,
    shelves,
    broker: { url, credentials, protocol },
    acknowledging: openAcknowledgingPeers(dataDir),
    onRefusal: (refusal) => onNotice({ level: 'warning', text: refusalText(refusal) }),
    nowMs,
    monotonicMs,
    onNotice,
    putOut,
    onPutOut(told) {
      writeDeskFile(dataDir, { ...desk, putOut: told });
      eventLog.close(putOutText(told));
      onNotice({ level: 'error', text: putOutText(told) });
    },
    engineId,
    onCopied() {
      takeAnotherName(dataDir, log);
      restart.make();
    },
    say: log,
  });
  keepOwnName(replication, dataDir, workstation);
  return {
    replication,
    rename: (author, id, name) => renameWorkstation(author, id, name, { log: eventLog, membership }),
    join: (code) => join(code, open, membership),
    async renewIdentity(author) {
      const hasTwin = (): boolean => replication.state().hasTwin;
      await renewIdentity(author, { dataDir, workstation, log: eventLog, key, hasTwin });
      restart.makeAfterAnswer();
    },
  };
}

/** Keeps the name that the log gives this workstation beside its keys, where the name is read before the log. */
function keepOwnName(replication: Pick<Replication, 'onState'>, dataDir: string, workstation: Workstation): void {
  replication.onState(({ workstations }) => {
    const name = workstations.find(({ state }) => state === 'self')?.name;
    if (name === undefined || name === workstation.name) return;
    workstation.name = name;
    saveWorkstation(dataDir, workstation);
  });
}

/** Stores that this workstation belongs to the desk that the code is from, and restarts the engine. */
async function join(
  code: string,
  { options, workstation, key, protocol, nowMs, restart, log }: OpenDeskOptions,
  membership: Membership,
): Promise<void> {
  const { dataDir, brokerUrl: url, mqtt: credentials = {} } = options;
  const { id, name, publicKey } = workstation;
  if (!membership.isAlone(id))
    throw new RequestError(
      'refused',
      'This workstation shares a desk with others already. Have it put out there first, and give it a new data folder.',
    );
  const answer = await joinDesk({
    url,
    credentials,
    protocol,
    code,
    workstation: { id, name, publicKey },
    wrapKey: key.publicKey,
    nowMs,
    log,
  });
  if (answer.deskId === membership.deskId)
    throw new RequestError('refused', 'This code is for the desk that the workstation belongs to.');
  key.take(answer.wrapped);
  writeDeskFile(dataDir, { deskId: answer.deskId, known: answer.members, isJoining: true });
  restart.makeAfterAnswer();
}
