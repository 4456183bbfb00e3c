import type { AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { County } from '../../../shared/county/county.ts';
import type { CountyFault } from '../../../shared/county/countyFault.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import { countyRequests } from '../../../shared/contract/countyRequests.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { Billing } from '../billing/openBilling.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { Dispatcher } from '../dispatch/Dispatcher.ts';
import type { IncidentCommands } from '../incidents/IncidentCommands.ts';
import type { Displays } from '../health/Displays.ts';
import type { Incidents } from '../incidents/createIncidents.ts';
import { timetableWorkerPath } from '../registry/gtfs/TimetableWatch.ts';
import { testRights } from '../ingest/testRights.ts';
import type { UnplacedDevices } from '../ingest/UnplacedDevices.ts';
import { wallMs } from '../base/EngineClock.ts';
import type { RestartRequest } from '../base/RestartRequest.ts';
import { reloadCounty } from './reloadCounty.ts';
import type { EngineOptions } from '../base/engine.ts';
import type { Handlers } from '../base/Handlers.ts';
import type { ScheduledBackups } from '../maintenance/ScheduledBackups.ts';
import type { CountyAudit } from '../impact/audit/CountyAudit.ts';
import type { PlanCommands } from '../impact/PlanCommands.ts';
import type { Citizens } from '../portal/createCitizens.ts';
import type { ProposalService } from '../proposals/ProposalService.ts';
import type { ReportService } from '../reports/ReportService.ts';
import type { ShiftCommands } from '../shifts/ShiftCommands.ts';
import type { EventLog } from '../log/EventLog.ts';
import { withoutSecrets } from '../log/withoutSecrets.ts';
import type { PeopleService } from '../people/PeopleService.ts';
import { RequestError } from '../base/RequestError.ts';
import type { LookBack } from '../search/openLookBack.ts';
import type { Ledger } from '../store/ledger/ledger.ts';
import type { History } from '../store/store.ts';
import type { SharedLog } from '../sync/openReplication.ts';
import { alarmHandlers } from './alarmHandlers.ts';
import type { AlarmHandlerSources } from './alarmHandlers.ts';
import { citizenHandlers } from './citizenHandlers.ts';
import { countyAnswers } from './countyAnswers.ts';
import { deskHandlers } from './deskHandlers.ts';
import { displayHandlers } from './displayHandlers.ts';
import { impactHandlers } from './impactHandlers.ts';
import { incidentHandlers } from './incidentHandlers.ts';
import { peopleHandlers } from './peopleHandlers.ts';
import { proposalHandlers } from './proposalHandlers.ts';
import { answerSeries } from './seriesAnswer.ts';
import type { SeriesSources } from './seriesAnswer.ts';
import { TimetablePlanning } from './TimetablePlanning.ts';
import { shiftHandlers } from './shiftHandlers.ts';

export type HandlerSources = AlarmHandlerSources &
  SeriesSources & {
    county: County;
    countyDir: string;
    countyFaults: readonly CountyFault[];
    store: History;
    ledger: Pick<Ledger, 'measuredRuns'>;
    eventLog: EventLog;
    domains: DomainSet;
    alarmDomains: readonly AlarmDomainInfo[];
    alarms: ActiveAlarms;
    incidentCommands: IncidentCommands;
    incidents: Incidents;
    dispatcher: Dispatcher;
    proposals: ProposalService;
    lookBack: LookBack;
    shifts: ShiftCommands;
    billing: Billing;
    plans: PlanCommands;
    countyAudit: CountyAudit;
    reports: ReportService;
    unplaced: UnplacedDevices;
    people: PeopleService;
    sharedLog: SharedLog;
    citizens: Omit<Citizens, 'noteValues'>;
    backups: ScheduledBackups;
    displays: Displays;
    options: EngineOptions;
    protocol: ProtocolChoice;
    restart: RestartRequest;
    nowMs: () => CountyMs;
  };

const decoder = new TextDecoder();

/** Shows payloads as text where they are text, and as hexadecimal digits otherwise. */
function printable(payload: Uint8Array): string {
  const text = decoder.decode(payload);
  return text.includes('\ufffd') || text.includes('\0') ? Buffer.from(payload).toString('hex') : text;
}

const MOST_WORK_ITEMS = 500;

/** Creates one handler per request of the contract. */
export function createHandlers(sources: HandlerSources): Handlers {
  const incidents = incidentHandlers(sources);
  const county = countyAnswers(sources.county, sources.alarmDomains, sources, new TimetablePlanning(sources));
  return {
    ...domainHandlers(sources.domains, county),
    ...county,
    ...historyHandlers(sources),
    ...alarmHandlers(sources),
    ...incidents,
    ...dispatchHandlers(sources),
    ...peopleHandlers(sources.people),
    ...proposalHandlers(sources.proposals, incidents),
    ...shiftHandlers(sources),
    'bills.wrong': async () => {
      const found = await sources.billing.bills.wrong();
      return found === undefined ? {} : { found };
    },
    ...impactHandlers(sources.plans, sources.countyAudit),
    ...citizenHandlers({
      ...sources.citizens,
      nowMs: sources.nowMs,
      incidentOf: (id) => sources.incidentCommands.get(id),
    }),
    ...deskHandlers(sources.sharedLog, sources.backups, {
      testRights: () => testRights({ ...sources.options, ...sources }),
      reloadCounty: () =>
        reloadCounty({ ...sources, wallMs: wallMs(), timetableWorkerPath: timetableWorkerPath(sources.options) }),
    }),
    ...displayHandlers(sources.displays, wallMs),
    search: async ({ text }) => ({ hits: await sources.lookBack.search.find(text) }),
  };
}

/**
 * Requests about the county that `countyAnswers` does not answer; each is answered by the domain that owns the subject.
 */
type DomainRequest = Exclude<keyof typeof countyRequests, keyof ReturnType<typeof countyAnswers>>;

/** Collects the domains' handlers. Throws an Error where no domain answers a request of the contract. */
function domainHandlers(domains: DomainSet, answered: object): Of<DomainRequest> {
  const handlers = domains.requests;
  const missing = Object.keys(countyRequests).filter((name) => !(name in answered) && !(name in handlers));
  if (missing.length > 0) throw new Error(`No domain answers ${missing.join(', ')}.`);
  return handlers as Of<DomainRequest>;
}

function dispatchHandlers({
  dispatcher,
}: HandlerSources): Of<'dispatch.recommend' | 'dispatch.progress' | 'dispatch.diversions'> {
  const found = <T>(answer: T | undefined, incidentId: string): T => {
    if (answer === undefined) throw new RequestError('notFound', `There is no open incident ${incidentId}.`);
    return answer;
  };
  return {
    'dispatch.recommend': ({ incidentId }) => found(dispatcher.recommend(incidentId), incidentId),
    'dispatch.progress': ({ incidentId }) => found(dispatcher.progress(incidentId), incidentId),
    'dispatch.diversions': ({ incidentId }) => found(dispatcher.diversions(incidentId), incidentId),
  };
}

type Of<N extends keyof Handlers> = Pick<Handlers, N>;

function historyHandlers(
  sources: HandlerSources,
): Of<
  | 'series.query'
  | 'series.forecast'
  | 'vehicle.track'
  | 'entity.detail'
  | 'unplaced.list'
  | 'work.list'
  | 'deadLetters.list'
  | 'record.between'
  | 'record.list'
> {
  const { lookBack, store, eventLog, domains, unplaced, nowMs } = sources;
  return {
    'series.query': (query) => answerSeries(sources, query),
    'series.forecast': ({ deviceId, quantity }) =>
      domains.forecast(deviceId, quantity, nowMs()) ?? { stepMs: 0, atMs: [], value: [], low: [], high: [] },
    'vehicle.track': async ({ vehicleId, fromMs, toMs }) => {
      const rows = await store.track(vehicleId, fromMs, toMs);
      return {
        atMs: rows.map(({ atMs }) => atMs),
        lon: rows.map(({ lon }) => lon),
        lat: rows.map(({ lat }) => lat),
        delayS: rows.map(({ delayS }) => delayS),
      };
    },
    'entity.detail': ({ subject }) => {
      const detail = domains.detail(subject, nowMs());
      if (detail !== undefined) return detail;
      throw new RequestError('notFound', `Nothing is known of ${subject.kind} ${subject.id}.`);
    },
    'work.list': () => {
      const items = domains.workItems();
      return { items: items.slice(0, MOST_WORK_ITEMS), total: items.length };
    },
    'unplaced.list': () => ({ devices: unplaced.list().slice(0, 500) }),
    'deadLetters.list': async ({ limit }) => {
      const rows = await store.deadLetters(limit);
      return {
        letters: rows.map(({ atMs, feed, topic, reason, detail, payload, bytes }) => ({
          atMs,
          feed,
          topic,
          reason: `${reason}: ${detail}`,
          payload: printable(payload),
          bytes,
        })),
      };
    },
    'record.between': ({ fromMs, toMs }) => lookBack.logLines.between(fromMs, toMs),
    'record.list': async ({ limit }) => ({ entries: (await eventLog.newest(limit)).map(withoutSecrets) }),
  };
}
