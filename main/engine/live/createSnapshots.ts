import type { CountyMs } from '../../../shared/base/clock.ts';
import type { StreamMessage, StreamName } from '../../../shared/contract/contract.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { AlarmCommands } from '../alarms/AlarmCommands.ts';
import type { AlarmLoads } from '../alarms/AlarmLoads.ts';
import type { OrderPost } from '../dispatch/OrderPost.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { Notices } from '../health/Notices.ts';
import type { Vitals } from '../health/Vitals.ts';
import type { SharedLog } from '../sync/openReplication.ts';
import type { IncidentCommands } from '../incidents/IncidentCommands.ts';
import type { ServiceRequests } from '../portal/ServiceRequests.ts';
import type { ProposalService } from '../proposals/ProposalService.ts';
import type { ShiftCommands } from '../shifts/ShiftCommands.ts';

type SnapshotSources = {
  vitals: Vitals;
  alarms: ActiveAlarms;
  alarmCommands: AlarmCommands;
  loads: AlarmLoads;
  incidentCommands: IncidentCommands;
  proposals: ProposalService;
  orders: OrderPost;
  shifts: ShiftCommands;
  citizens: { requests: ServiceRequests };
  sharedLog: SharedLog;
  domains: DomainSet;
  notices: Notices;
  nowMs: () => CountyMs;
};

/** Makes the whole of each stream, for a screen that has just connected. */
export function createSnapshots({
  vitals,
  alarms,
  alarmCommands,
  loads,
  incidentCommands,
  proposals,
  orders,
  shifts,
  citizens,
  sharedLog,
  domains,
  notices,
  nowMs,
}: SnapshotSources): (stream: StreamName) => StreamMessage<StreamName> {
  const makers: { [S in StreamName]: () => StreamMessage<S> } = {
    vitals: () => vitals.now(),
    alarms: () => ({ isFull: true, changed: alarms.all(), removed: [] }),
    alarmsThen: () => ({ isFull: true, changed: [], removed: [] }),
    positions: () => ({ positions: alarmCommands.positions() }),
    alarmLoad: () => loads.now(nowMs()),
    incidents: () => ({ isFull: true, changed: [...incidentCommands.incidents()] }),
    orders: () => ({ orders: orders.all() }),
    proposals: () => ({ proposals: proposals.proposals() }),
    figures: () => ({ figures: domains.figures(nowMs()) }),
    vehicles: () => domains.stream('vehicles', nowMs()) ?? { isFull: true, rows: [] },
    transit: () => domains.stream('transit', nowMs()) ?? { trips: [], routes: [] },
    units: () => domains.stream('units', nowMs()) ?? { isFull: true, rows: [] },
    reports: () => domains.stream('reports', nowMs()) ?? { isFull: true, changed: [] },
    shift: () => ({ shifts: shifts.newest() }),
    serviceRequests: () => ({ isFull: true, changed: citizens.requests.shown() }),
    desk: () => sharedLog.replication.state(),
    notices: () => ({ notices: notices.all() }),
  };
  return (stream) => makers[stream]();
}
