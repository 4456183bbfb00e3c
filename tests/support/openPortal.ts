import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { IncidentCommands } from '../../main/engine/incidents/IncidentCommands.ts';
import { noOffers } from '../../main/engine/domains/kit/Offers.ts';
import type { Domain } from '../../main/engine/domains/kit/Domain.ts';
import { createTransitDomain } from '../../main/engine/domains/transit/createTransitDomain.ts';
import { EventLog } from '../../main/engine/log/EventLog.ts';
import { ApiKeys } from '../../main/engine/portal/ApiKeys.ts';
import { PageMarks } from '../../main/engine/portal/PageMarks.ts';
import { PublicationPolicies } from '../../main/engine/portal/PublicationPolicies.ts';
import { ServiceRequests } from '../../main/engine/portal/ServiceRequests.ts';
import { startPortalSide } from '../../main/engine/portal/startPortalSide.ts';
import type { History } from '../../main/engine/store/store.ts';
import { EngineClient } from '../../main/portal/EngineClient.ts';
import { startPortalServer } from '../../main/portal/startPortalServer.ts';
import type { County } from '../../shared/county/county.ts';
import type { CountyPage } from '../../shared/public/countyPage.ts';
import type { PortalLine, PortalSettings } from '../../shared/public/publicContract.ts';
import type { LogEntry } from '../../shared/record/logEntry.ts';
import { makeCounty, makeRoad, makeZone } from './makeCounty.ts';
import { memoryRecord } from './memoryRecord.ts';
import { quietDesk } from './quietIncidents.ts';
import { eventually } from './startHost.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** A county with a road to the east, a feeder and a water zone. */
const portalCounty: Partial<County> = {
  ...makeRoad(5, 'arterial'),
  zones: [
    { ...makeZone('F1', 'feeder', 100), name: 'North feeder' },
    { ...makeZone('Z1', 'dma', 100), name: 'Mill quarter' },
  ],
};

export type OpenPortal = {
  url: string;
  line: PortalLine;
  /** What the log has. */
  entries: LogEntry[];
  requests: ServiceRequests;
  policies: PublicationPolicies;
  keys: ApiKeys;
  pageMarks: PageMarks;
  incidents: IncidentCommands;
  client: EngineClient;
  /** Public transport, whose vehicles report only what a test gives it. */
  transit: Domain;
  /** The time of the county; a test may move it on. */
  clock: { nowMs: number };
  /** Ends the engine's side, as when the engine dies; the function returned brings it back. */
  loseEngine: () => Promise<() => Promise<void>>;
};

/**
 * Both sides of the portal with the real connection between them and a real listener, over a log in memory. The engine
 * around it is left out.
 */
export async function openPortal(
  settings: Partial<PortalSettings> = {},
  more: Partial<County> = {},
  history: Pick<History, 'query'> = { query: () => Promise.resolve({ atMs: [], value: [], quality: [] }) },
  pages: readonly CountyPage[] = [],
): Promise<OpenPortal> {
  const { county, registry } = makeCounty({ ...portalCounty, ...more });
  const domain = createTransitDomain(county);
  const clock = { nowMs: Date.UTC(2026, 5, 1, 12) };
  const nowMs = (): number => clock.nowMs;
  const entries: LogEntry[] = [];
  const log = new EventLog(memoryRecord(entries), nowMs);
  const incidents = new IncidentCommands({
    ...quietDesk,
    log,
    nowMs,
    timeZone: 'UTC',
    sendDispatch: () => undefined,
    linkName: (linkId) => registry.link(linkId)?.name,
    routeName: (routeId) => county.timetable?.routes.get(routeId)?.shortName ?? quietDesk.routeName(routeId),
  });
  const citizens = {
    requests: new ServiceRequests({ log, nowMs, monotonicMs: () => performance.now() }),
    policies: new PublicationPolicies(log),
    keys: new ApiKeys(log),
    pageMarks: new PageMarks(log, () => performance.now()),
  };
  await log.load();
  const line = { path: join(temporaryFolder(), 'portal'), secret: 'the secret of this start' };
  const startEngine = (): Promise<() => Promise<void>> =>
    startPortalSide({
      line,
      county,
      registry,
      history,
      pages,
      ...citizens,
      incidents,
      offers: { ...noOffers, ...domain.offers },
      nowMs,
      version: '0',
      log: () => undefined,
    });
  let stopEngine = await startEngine();
  const client = new EngineClient(line, () => performance.now());
  client.start();
  const server = await startPortalServer(
    { line, host: '127.0.0.1', port: 0, isAnyPortFine: true, ...settings },
    client,
  );
  onTestFinished(async () => {
    client.stop();
    await server.close();
    await stopEngine();
  });
  await eventually('The first words of the engine', () => client.facts && client.county);
  return {
    url: `http://127.0.0.1:${String(server.port)}`,
    line,
    entries,
    ...citizens,
    incidents,
    client,
    transit: domain,
    clock,
    async loseEngine() {
      await stopEngine();
      stopEngine = () => Promise.resolve();
      return async () => {
        stopEngine = await startEngine();
      };
    },
  };
}

/** Sends a form as a browser does, without following where it leads. */
export const postForm = (
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers: { ...headers } });
