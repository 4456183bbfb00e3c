import type { ReactNode } from 'react';
import type { ReportTime } from '../../../shared/shifts/reportTime.ts';
import type { ReportLoad, ShiftReport } from '../../../shared/shifts/shiftReport.ts';
import { barGeometry } from '../../ui/barGeometry.ts';
import { percent } from './percent.ts';
import { ReportSection } from './ReportSection.tsx';
import styles from './shift.module.css';

/** More alarms than this in ten minutes are a flood (ISA-18.2). */
const FLOOD_ABOVE = 10;
const WIDTH = 720;
const HEIGHT = 40;

function Course({
  load,
  time,
  fromMs,
  toMs,
}: {
  load: ReportLoad;
  time: ReportTime;
  fromMs: number;
  toMs: number;
}): ReactNode {
  const { bars, limitY } = barGeometry(
    load.byTenMinutes.map((count) => count ?? undefined),
    { limit: FLOOD_ABOVE, width: WIDTH, height: HEIGHT },
  );
  return (
    <figure className={styles['course']}>
      <figcaption>{load.name}</figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Alarms of ${load.name} by ten minutes, at most ${load.maxIn10Min}`}
      >
        {bars.map(({ x, y, width, height, isAbove }) => (
          <rect key={x} x={x} y={y} width={width} height={height} data-above={isAbove} />
        ))}
        <line x1="0" x2={WIDTH} y1={limitY} y2={limitY} />
      </svg>
      <div className={styles['ends']}>
        <span>{time.clock(fromMs)}</span>
        <span>{time.clock(toMs)}</span>
      </div>
    </figure>
  );
}

/** Alarms per operating position compared with the published targets; they are never averaged over positions. */
export function ReportLoads({ report, time }: { report: ShiftReport; time: ReportTime }): ReactNode {
  const { fromMs, toMs } = report;
  const holders = (load: ReportLoad): string =>
    load.holders
      .map(({ name, fromMs: from, toMs: to }) => `${name} ${time.clock(from)} to ${time.clock(to)}`)
      .join('; ');
  return (
    <ReportSection
      title="Alarm load by operating position"
      empty="There is no position."
      numbers={[1, 2, 3, 4, 5]}
      heads={['Position', 'Alarms', 'Most in 10 min', 'In flood', 'Standing at the end', 'Of these over 24 h']}
      before={
        <div className={styles['courses']}>
          {report.alarmLoad.map((load) => (
            <Course key={load.positionId} load={load} time={time} fromMs={fromMs} toMs={toMs} />
          ))}
        </div>
      }
    >
      {report.alarmLoad.map((load) => (
        <tr key={load.positionId}>
          <th scope="row">
            {load.name}
            <small>{holders(load) || 'Held by nobody'}</small>
          </th>
          <td>{load.raised}</td>
          <td>{load.maxIn10Min}</td>
          <td>{percent(load.floodShare)}</td>
          <td>{load.standing}</td>
          <td>{load.stale}</td>
        </tr>
      ))}
    </ReportSection>
  );
}
