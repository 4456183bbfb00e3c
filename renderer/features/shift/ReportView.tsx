import type { ReactNode } from 'react';
import { createReportTime, reportDuration } from '../../../shared/shifts/reportTime.ts';
import type { ReportTime } from '../../../shared/shifts/reportTime.ts';
import type { ShiftDocument, ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import { summarize } from '../../../shared/shifts/summarizeReport.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { percent } from './percent.ts';
import { ReportFigures } from './ReportFigures.tsx';
import { ReportIncidents } from './ReportIncidents.tsx';
import { ReportLoads } from './ReportLoads.tsx';
import { ReportSection } from './ReportSection.tsx';
import styles from './shift.module.css';

type Part = { report: ShiftReport; time: ReportTime };

function KeyFigures({ report }: { report: ShiftReport }): ReactNode {
  const {
    opened,
    carriedOver,
    open,
    resolved,
    timesMeasured,
    timesMet,
    timesMissed,
    busiest,
    flooded,
    present,
    lostMs,
  } = summarize(report);
  const figures = [
    {
      label: 'Incidents',
      value: String(opened + carriedOver),
      note: `${opened} new, ${carriedOver} taken over; ${resolved} resolved, ${open} open`,
    },
    {
      label: 'Service level kept',
      value: timesMeasured === 0 ? '–' : percent(timesMet / timesMeasured),
      note: `${timesMet} of ${timesMeasured} times, ${timesMissed} missed`,
    },
    {
      label: 'Alarms an hour',
      value: busiest === undefined ? '–' : busiest.perHour.toFixed(1),
      note: busiest === undefined ? '' : `busiest: ${busiest.name}`,
    },
    {
      label: 'Time in flood',
      value: flooded === undefined ? '–' : percent(flooded.share),
      note: 'should be below 1 %',
    },
    {
      label: 'Data present',
      value: percent(present),
      note: lostMs === 0 ? 'no feed was lost' : `feeds lost for ${reportDuration(lostMs)} in all`,
    },
  ];
  return (
    <dl className={styles['key']}>
      {figures.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          <dd className={styles['note']}>{note}</dd>
        </div>
      ))}
    </dl>
  );
}

function OpenItems({ report, time }: Part): ReactNode {
  return (
    <ReportSection
      title="Handed over: what is open, and whose"
      heads={['Pr.', 'What', 'Where', 'State', 'Whose', 'Since']}
      numbers={[5]}
      empty="Nothing is open."
      before={report.comments.map(({ by, atMs, text }) => (
        <p key={atMs}>
          “{text}”{' '}
          <span className={styles['note']}>
            {by.name}, {time.clock(atMs)}
          </span>
        </p>
      ))}
    >
      {report.open.map(({ kind, id, priority, title, place, state, owner, sinceMs }) => (
        <tr key={`${kind}${id}`}>
          <td>{priority !== undefined && <PriorityMark priority={priority} />}</td>
          <th scope="row">
            {title}
            <small>{kind === 'incident' ? id : kind === 'alarm' ? 'Alarm' : 'Position'}</small>
          </th>
          <td>{place}</td>
          <td>{state}</td>
          <td>{owner ?? <strong>nobody</strong>}</td>
          <td>{time.dayClock(sinceMs)}</td>
        </tr>
      ))}
    </ReportSection>
  );
}

function Hidden({ report, time }: Part): ReactNode {
  return (
    <ReportSection
      title="Shelved and out of service"
      heads={['Alarm', 'How', 'By', 'Reason', 'Until']}
      numbers={[4]}
      empty="Nothing was."
    >
      {report.hidden.map(({ title, place, how, by, reason, atMs, untilMs, isStillSo }) => (
        <tr key={`${title}${place}${atMs}`}>
          <th scope="row">
            {title}
            <small>{place}</small>
          </th>
          <td>{how === 'shelved' ? 'Shelved' : 'Out of service'}</td>
          <td>{by}</td>
          <td>{reason}</td>
          <td>
            {untilMs === undefined ? 'until returned' : time.dayClock(untilMs)}
            {isStillSo && <small>still so</small>}
          </td>
        </tr>
      ))}
    </ReportSection>
  );
}

function Losses({ report, time }: Part): ReactNode {
  const rows = [
    ...report.losses.map(({ name, fromMs, toMs, lostMs }) => ({
      name,
      fromMs,
      until: toMs === undefined ? 'still lost' : time.dayClock(toMs),
      lostMs,
    })),
    ...report.blind.map(({ fromMs, toMs }) => ({
      name: 'Beacon was not running here',
      fromMs,
      until: time.dayClock(toMs),
      lostMs: toMs - fromMs,
    })),
  ];
  return (
    <ReportSection
      title="Feeds lost"
      heads={['Feed', 'From', 'Until', 'In this shift']}
      numbers={[1, 2, 3]}
      empty="None."
    >
      {rows.map(({ name, fromMs, until, lostMs }) => (
        <tr key={`${name}${fromMs}`}>
          <th scope="row">{name}</th>
          <td>{time.dayClock(fromMs)}</td>
          <td>{until}</td>
          <td>{reportDuration(lostMs)}</td>
        </tr>
      ))}
    </ReportSection>
  );
}

function Activities({ report, time }: Part): ReactNode {
  return (
    <ReportSection
      title="Activity log"
      heads={['Time', 'Incident', 'Notable activity', 'By']}
      empty="Nothing was written down."
    >
      {report.activities.toReversed().map(({ atMs, by, text, incidentId }, index) => (
        <tr key={`${atMs}${String(index)}`}>
          <td>{time.clock(atMs)}</td>
          <td>{incidentId}</td>
          <td className={styles['wide']}>{text}</td>
          <td>{by}</td>
        </tr>
      ))}
    </ReportSection>
  );
}

/** The current report of a shift, with everything that is printed of it. */
export function ReportView({ document }: { document: ShiftDocument }): ReactNode {
  const { report, hash } = document;
  const time = createReportTime(report.county.timeZone);
  const part = { report, time };
  return (
    <article className={styles['report']} aria-label={`Report of shift ${report.shiftId}`}>
      <header className={styles['head']}>
        <h2>Shift {report.shiftId}</h2>
        <p>
          {time.day(report.fromMs)}, {time.clock(report.fromMs)} to{' '}
          {report.isClosed ? time.clock(report.toMs) : `now (${time.clock(report.toMs)})`} {time.zone(report.fromMs)},{' '}
          {reportDuration(report.toMs - report.fromMs)}
        </p>
      </header>
      <KeyFigures report={report} />
      <OpenItems {...part} />
      <Hidden {...part} />
      <Losses {...part} />
      <ReportIncidents {...part} />
      <ReportLoads {...part} />
      <ReportFigures {...part} />
      <ReportSection
        title="Persons"
        heads={['Name', 'Role', 'Positions held', 'First entry', 'Last entry', 'Entries']}
        numbers={[3, 4, 5]}
        empty="Nobody wrote anything."
      >
        {report.persons.map(({ person, positions, firstAtMs, lastAtMs, entries }) => (
          <tr key={person.id}>
            <th scope="row">{person.name}</th>
            <td>{person.role}</td>
            <td>{positions.join(', ') || '–'}</td>
            <td>{time.dayClock(firstAtMs)}</td>
            <td>{time.dayClock(lastAtMs)}</td>
            <td>{entries}</td>
          </tr>
        ))}
      </ReportSection>
      <Activities {...part} />
      <p className={styles['hash']}>SHA-256 of the report’s data: {hash}</p>
    </article>
  );
}
