import type { StreamMessage, StreamName } from '../../../shared/contract/contract.ts';
import type { AlarmBook } from '../alarms/AlarmBook.ts';
import type { AlarmDesk } from '../alarms/AlarmDesk.ts';
import type { LoadBook } from '../alarms/LoadBook.ts';
import type { Domains } from '../domains/createDomains.ts';
import type { Notices } from '../health/Notices.ts';
import type { Vitals } from '../health/Vitals.ts';
import type { SharedDesk } from '../sync/openDesk.ts';
import type { IncidentDesk } from '../incidents/IncidentDesk.ts';
import type { ProposalDesk } from '../proposals/ProposalDesk.ts';
import type { ShiftDesk } from '../shifts/ShiftDesk.ts';

type SnapshotSources = {
  vitals: Vitals;
  alarms: AlarmBook;
  alarmDesk: AlarmDesk;
  loads: LoadBook;
  desk: IncidentDesk;
  proposals: ProposalDesk;
  shifts: ShiftDesk;
  sharedDesk: SharedDesk;
  domains: Domains;
  notices: Notices;
  nowMs: () => number;
};

/** The whole of each stream, for a screen that has just come. */
export function createSnapshots({
  vitals,
  alarms,
  alarmDesk,
  loads,
  desk,
  proposals,
  shifts,
  sharedDesk,
  domains,
  notices,
  nowMs,
}: SnapshotSources): (stream: StreamName) => StreamMessage<StreamName> {
  const makers: { [S in StreamName]: () => StreamMessage<S> } = {
    vitals: () => vitals.now(),
    alarms: () => ({ isFull: true, changed: alarms.all(), removed: [] }),
    alarmsThen: () => ({ isFull: true, changed: [], removed: [] }),
    positions: () => ({ positions: alarmDesk.positions() }),
    alarmLoad: () => loads.now(nowMs()),
    incidents: () => ({ isFull: true, changed: [...desk.incidents()] }),
    proposals: () => ({ proposals: proposals.proposals() }),
    figures: () => ({ figures: domains.all.flatMap((domain) => domain.figures(nowMs())) }),
    vehicles: () => ({ isFull: true, rows: domains.transit.roster(0).rows }),
    units: () => ({ isFull: true, rows: domains.units.roster(0).rows }),
    reports: () => ({ isFull: true, changed: domains.citizens.rows() }),
    shift: () => ({ shifts: shifts.newest() }),
    desk: () => sharedDesk.desk.state(),
    notices: () => ({ notices: notices.all() }),
  };
  return (stream) => makers[stream]();
}
