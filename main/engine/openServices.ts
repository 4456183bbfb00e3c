import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createLocalTime } from '../../shared/base/localTime.ts';
import { wallMs } from './base/EngineClock.ts';
import { refusalText } from '../../shared/base/topicRefusal.ts';
import type { TopicRefusal } from '../../shared/base/topicRefusal.ts';
import { ProtocolChoice } from '../../shared/wire/ProtocolChoice.ts';
import { AlarmCommands } from './alarms/AlarmCommands.ts';
import { openAlarms } from './alarms/openAlarms.ts';
import type { Alarms } from './alarms/openAlarms.ts';
import type { EngineOptions, Log } from './base/engine.ts';
import { loadEngineId } from './base/engineId.ts';
import { RestartRequest } from './base/RestartRequest.ts';
import { slowCallLog } from './health/slowCallLog.ts';
import { OrderPost } from './dispatch/OrderPost.ts';
import { AttachmentStore } from './incidents/AttachmentStore.ts';
import { CountyAudit } from './impact/audit/CountyAudit.ts';
import { PlanCommands } from './impact/PlanCommands.ts';
import { createIncidents } from './incidents/createIncidents.ts';
import type { Incidents } from './incidents/createIncidents.ts';
import { linkAlarms } from './incidents/linkAlarms.ts';
import { openBroker } from './ingest/openBroker.ts';
import type { BrokerConnection } from './ingest/BrokerConnection.ts';
import { EventLog } from './log/EventLog.ts';
import type { OpenCounty } from './openCounty.ts';
import { openStores, RETENTION_DAYS } from './openStores.ts';
import type { Stores } from './openStores.ts';
import { DeskKey } from './people/DeskKey.ts';
import { usualCost } from './people/passwordVerifier.ts';
import { PeopleService } from './people/PeopleService.ts';
import { WallToken } from './people/WallToken.ts';
import { BackupThread } from './maintenance/BackupThread.ts';
import { ScheduledBackups } from './maintenance/ScheduledBackups.ts';
import { createCitizens } from './portal/createCitizens.ts';
import type { Citizens } from './portal/createCitizens.ts';
import { CountyPlaces } from './proposals/CountyPlaces.ts';
import { ProposalService } from './proposals/ProposalService.ts';
import { refuseOtherCounty, writeCountyInUse } from './registry/countyInUse.ts';
import { ReportService } from './reports/ReportService.ts';
import { reportShelf } from './reports/reportShelf.ts';
import { openLookBack } from './search/openLookBack.ts';
import type { LookBack } from './search/openLookBack.ts';
import { ShiftCommands } from './shifts/ShiftCommands.ts';
import type { LedgerQuery } from './store/ledger/ledger.ts';
import { openReplication } from './sync/openReplication.ts';
import type { SharedLog } from './sync/openReplication.ts';

const DAY_MS = 86_400_000;

/** The files and connections that everything else is built on. */
export type Foundation = OpenCounty & {
  options: EngineOptions;
  log: Log;
  stores: Stores;
  engineId: string;
  /** The version of MQTT that the broker speaks. */
  protocol: ProtocolChoice;
  broker: BrokerConnection;
  eventLog: EventLog;
  key: DeskKey;
  restart: RestartRequest;
};

/** The services that people work with: each follows the event log, and offers commands and states. */
export type Services = Alarms & {
  attachments: AttachmentStore;
  sharedLog: SharedLog;
  incidents: Incidents;
  incidentCommands: Incidents['incidentCommands'];
  orders: OrderPost;
  people: PeopleService;
  alarmCommands: AlarmCommands;
  proposals: ProposalService;
  reports: ReportService;
  shifts: ShiftCommands;
  plans: PlanCommands;
  countyAudit: CountyAudit;
  lookBack: LookBack;
  citizens: Citizens;
  backups: ScheduledBackups;
  backupThread: BackupThread;
};

/** Opens the data folder and makes the connection to the broker. Throws a DataFolderError. */
export async function openFoundation(options: EngineOptions, county: OpenCounty, log: Log): Promise<Foundation> {
  const { nowMs, registry, domains, notices } = county;
  const { id, name } = county.county.profile;
  refuseOtherCounty(options.dataDir, { id, name, folder: options.countyDir });
  const stores = await openStores({
    ...options,
    workerPath: options.storeWorkerPath,
    now: nowMs,
    onNotice: (notice) => notices.add(notice),
    onSlowCall: slowCallLog(log),
    timeZone: county.county.profile.timeZone,
    scopeOf: (deviceId) => domains.sumsOf(deviceId, registry),
  });
  writeCountyInUse(options.dataDir, { id, name, folder: options.countyDir });
  const engineId = loadEngineId(options.dataDir);
  const protocol = new ProtocolChoice(5);
  const onRefusal = (refusal: TopicRefusal): void => notices.add({ level: 'warning', text: refusalText(refusal) });
  return {
    ...county,
    options,
    log,
    stores,
    engineId,
    protocol,
    broker: openBroker(options, { clientId: engineId, registry, protocol, nowMs, onRefusal, log }),
    eventLog: new EventLog(stores.record, nowMs),
    key: DeskKey.load(join(options.dataDir, 'desk-key.json')),
    restart: new RestartRequest(),
  };
}

/** Sessions and pauses are people's time, so they use the wall clock, even where the county's clock runs faster. */
function createPeople({ options, county, eventLog, key, stores }: Foundation): PeopleService {
  const { dataDir, isDemonstration = false } = options;
  const workstation = stores.workstation.id;
  return new PeopleService(
    {
      log: eventLog,
      key,
      workstation,
      wallMs,
      isDemonstration,
      cost: usualCost,
      contextWords: [county.profile.name],
      pause: (ms) => setTimeout(ms),
      random: Math.random,
    },
    new WallToken(join(dataDir, 'wall-token')),
  );
}

/** Backups are for people, so they follow the wall clock. */
function createBackups({ options, county, stores, log }: Foundation): Pick<Services, 'backups' | 'backupThread'> {
  const { dataDir, storeWorkerPath, backups: wanted } = options;
  const backupThread = new BackupThread(join(dirname(storeWorkerPath), 'backupWorker.js'));
  const backups = new ScheduledBackups({
    options: wanted,
    workstationId: stores.workstation.id,
    run: (target) => backupThread.run({ dataDir, target, passphrase: wanted?.passphrase }),
    wallMs,
    dayOf: createLocalTime(county.profile.timeZone).dayNumber,
    log,
  });
  void backups.refresh();
  return { backups, backupThread };
}

function createShifts({ eventLog, nowMs, county }: Foundation, reports: ReportService): ShiftCommands {
  const keepReport = (shiftId: string): ReturnType<ReportService['keep']> => reports.keep(shiftId);
  return new ShiftCommands({ log: eventLog, nowMs, timeZone: county.profile.timeZone, keepReport });
}

function createImpact({
  options: { dataDir, countyDir },
  county,
  eventLog,
  stores,
  nowMs,
}: Foundation): Pick<Services, 'plans' | 'countyAudit'> {
  const given = { dataDir, countyDir, nowMs, ask: (query: LedgerQuery) => stores.ledger.query(query) };
  return {
    plans: new PlanCommands({ ...given, log: eventLog, timeZone: county.profile.timeZone }),
    countyAudit: new CountyAudit({ ...given, county }),
  };
}

function createProposals(
  { eventLog, county, nowMs }: Foundation,
  incidentCommands: Services['incidentCommands'],
  opened: () => Alarms,
): ProposalService {
  return new ProposalService({
    log: eventLog,
    places: new CountyPlaces(county),
    units: county.profile.displayUnits,
    nowMs,
    alarms: () => opened().alarms.all(),
    incidents: () => incidentCommands.incidents(),
  });
}

/**
 * Creates the services. Everything that follows the log must listen before the log is loaded; the alarms need its
 * content.
 */
export async function openServices(foundation: Foundation): Promise<Services> {
  const { options, stores, broker, eventLog, nowMs, notices, positions, restart, log } = foundation;
  const { dataDir } = options;
  const attachments = new AttachmentStore(dataDir, nowMs);
  const sharedLog = openReplication({
    ...foundation,
    workstation: stores.workstation,
    shelves: { attachment: attachments.shelf, report: reportShelf(dataDir) },
    onNotice: (notice) => notices.add(notice),
    restart,
  });
  const orders = new OrderPost({ publish: (topic, payload, qos) => broker.publish(topic, payload, qos), log });
  let isDeskKnown = false;
  void sharedLog.replication.ready.then((isReady) => (isDeskKnown = isReady));
  const incidents = await createIncidents({
    ...options,
    ...foundation,
    attachments,
    isDeskKnown: () => isDeskKnown,
    workstation: stores.workstation.id,
    sendDispatch: (unitId, order) => orders.send(unitId, order),
    isLeader: sharedLog.replication.isLeader,
  });
  const { incidentCommands } = incidents;
  const people = createPeople(foundation);
  const isPresent = (id: string): boolean => people.signIn.isPresent(id);
  const alarmCommands = new AlarmCommands({ log: eventLog, positions, nowMs, isPresent });
  const proposals = createProposals(foundation, incidentCommands, () => alarms);
  const reports = await ReportService.open({ ...options, nowMs, log });
  const shifts = createShifts(foundation, reports);
  const impact = createImpact(foundation);
  const lookBack = openLookBack(stores.search, eventLog, incidentCommands, log);
  const citizens = createCitizens({ ...foundation, isLeader: sharedLog.replication.isLeader });
  await eventLog.load();
  const alarms = await openAlarms({
    dataDir,
    retentionMs: RETENTION_DAYS * DAY_MS,
    positions,
    alarmCommands,
    nowMs,
    log,
  });
  linkAlarms(incidentCommands, alarms.alarms, nowMs);
  return {
    ...alarms,
    attachments,
    sharedLog,
    incidents,
    incidentCommands,
    orders,
    people,
    alarmCommands,
    proposals,
    reports,
    shifts,
    ...impact,
    lookBack,
    citizens,
    ...createBackups(foundation),
  };
}
