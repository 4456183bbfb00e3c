import type { CountyMs } from '../../../shared/base/clock.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';
import type { Value } from '../../../shared/base/values.ts';
import type { Log } from '../base/engine.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { EventLog } from '../log/EventLog.ts';
import { ApiKeys } from './ApiKeys.ts';
import { PageMarks } from './PageMarks.ts';
import { PublicationPolicies } from './PublicationPolicies.ts';
import { ServiceRequests } from './ServiceRequests.ts';

/** What citizens ask for, and what decides what they are shown. */
export type Citizens = {
  requests: ServiceRequests;
  policies: PublicationPolicies;
  keys: ApiKeys;
  pageMarks: PageMarks;
  /** Makes requests of reports. Only the leading workstation does so, because every workstation receives them. */
  noteValues: (values: readonly Value[]) => void;
};
type CitizensOptions = {
  eventLog: EventLog;
  nowMs: () => CountyMs;
  domains: Pick<DomainSet, 'apply'>;
  isLeader: () => boolean;
  log: Log;
};

/** A citizen's request is a report like any other: it calls an operator, and explains alarms nearby. */
export function createCitizens({ eventLog, nowMs, domains, isLeader, log }: CitizensOptions): Citizens {
  const requests = new ServiceRequests({ log: eventLog, nowMs, monotonicMs: () => performance.now() });
  requests.onReceived(({ number, serviceCode, text, lon, lat, address, receivedAtMs }) => {
    // At a start, old requests must not take the places of new reports.
    if (nowMs() - receivedAtMs > DAY_MS) return;
    domains.apply(
      {
        kind: 'report',
        reportId: number,
        atMs: receivedAtMs,
        quality: 'good',
        category: serviceCode,
        text,
        ...(lon !== undefined && lat !== undefined && { lon, lat }),
        ...(address !== undefined && { address }),
      },
      nowMs(),
    );
  });
  return {
    requests,
    policies: new PublicationPolicies(eventLog),
    keys: new ApiKeys(eventLog),
    pageMarks: new PageMarks(eventLog, () => performance.now()),
    noteValues(values) {
      for (const value of values)
        if (value.kind === 'report' && isLeader())
          requests
            .noteReport(value)
            .catch((error: unknown) => log('warn', `A report did not become a request: ${String(error)}`));
    },
  };
}
