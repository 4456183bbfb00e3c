import type { ReactNode } from 'react';
import { incidentStatusNames, incidentTypeNames } from '../../../shared/incidents/incidentWords.ts';
import { reportDuration } from '../../../shared/shifts/reportTime.ts';
import type { ReportTime } from '../../../shared/shifts/reportTime.ts';
import type { ReportClock, ReportIncident, ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { ReportSection } from './ReportSection.tsx';

const milestones = ['T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'] as const;

type ClockCellProps = {
  ms: number | undefined;
  clock: ReportClock | undefined;
  /** The incident is resolved: what was not reached never will be. */
  isOver: boolean;
};

/** A time compared with its service level; only a time beyond the limit stands out. */
function ClockCell({ ms, clock, isOver }: ClockCellProps): ReactNode {
  const isBeyond = clock?.state === 'late' || clock?.state === 'missed';
  const unreached = isOver ? 'never' : 'open';
  const text =
    ms === undefined ? (clock?.state === 'running' || clock?.state === 'missed' ? unreached : '–') : reportDuration(ms);
  return (
    <td>
      {isBeyond ? <strong>▲ {text}</strong> : text}
      {clock !== undefined && clock.state !== 'unmeasured' && <small>of {reportDuration(clock.targetMs)}</small>}
    </td>
  );
}

function Row({ incident, time }: { incident: ReportIncident; time: ReportTime }): ReactNode {
  const { id, type, priority, title, place, status, assignee, isCarriedOver, clocks } = incident;
  const isOver = status === 'resolved';
  const clockOf = (measure: string): ReportClock | undefined => clocks.find((clock) => clock.measure === measure);
  return (
    <tr>
      <td>
        <PriorityMark priority={priority} isHollow={status === 'resolved'} />
      </td>
      <th scope="row">
        {title}
        <small>
          {id} {incidentTypeNames[type]}, {place}. {incidentStatusNames[status]}
          {assignee === undefined ? '' : `, ${assignee}`}
          {isCarriedOver ? ', taken over' : ''}
        </small>
      </th>
      {milestones.map((milestone) => {
        const atMs = incident.milestones[milestone];
        return <td key={milestone}>{atMs === undefined ? '–' : time.clock(atMs)}</td>;
      })}
      <ClockCell ms={incident.responseMs} clock={clockOf('response')} isOver={isOver} />
      <ClockCell ms={incident.roadwayClearanceMs} clock={clockOf('roadwayClearance')} isOver={isOver} />
      <ClockCell ms={incident.incidentClearanceMs} clock={clockOf('incidentClearance')} isOver={isOver} />
    </tr>
  );
}

/** The incidents of the shift with their times; a time that was not recorded is not made up. */
export function ReportIncidents({ report, time }: { report: ShiftReport; time: ReportTime }): ReactNode {
  return (
    <ReportSection
      title="Incidents"
      heads={['Pr.', 'Incident', ...milestones, 'Response', 'Roadway cleared', 'Incident cleared']}
      numbers={[2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}
      empty="There was none."
    >
      {report.incidents.map((incident) => (
        <Row key={incident.id} incident={incident} time={time} />
      ))}
    </ReportSection>
  );
}
