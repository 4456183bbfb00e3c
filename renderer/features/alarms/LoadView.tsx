import type { ReactNode } from 'react';
import { alarmFigures } from '../../../shared/alarms/alarmFigures.ts';
import type { AlarmLoad } from '../../../shared/alarms/alarmLoad.ts';
import { useStream } from '../../client/hooks.ts';
import { PriorityMark } from '../../client/PriorityMark.tsx';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Blank } from '../../ui/Blank.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { LoadChart } from './LoadChart.tsx';
import { loadFigures, percent, splitTargets } from './loadFigures.ts';
import type { LoadFigure } from './loadFigures.ts';
import styles from './LoadView.module.css';

/**
 * Shows the load of each position against the targets of ISA-18.2 and EEMUA 191. Positions stand side by side and are
 * never averaged.
 */
export function LoadView(): ReactNode {
  const loads = useStream('alarmLoad');
  const positions = useStream('positions') ?? [];
  if (loads === undefined) return <Skeleton rows={8} />;
  if (loads.length === 0) return <Blank title="There is no operating position." />;
  return (
    <div className={styles['loads']} role="group" aria-label="Alarm load by position" tabIndex={0}>
      {loads.map((load) => (
        <PositionLoad
          key={load.positionId}
          name={positions.find(({ id }) => id === load.positionId)?.name ?? load.positionId}
          load={load}
        />
      ))}
    </div>
  );
}

function PositionLoad({ name, load }: { name: string; load: AlarmLoad }): ReactNode {
  const time = useLocalTime();
  const { isFlood, floodSinceMs } = load;
  return (
    <section className={styles['load']} aria-label={`Load of ${name}`} data-testid="position-load">
      <h3>
        {name}
        {isFlood && <strong>Flood{floodSinceMs === undefined ? '' : ` since ${time.short(floodSinceMs)}`}</strong>}
      </h3>
      <LoadChart load={load} />
      <table>
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <th scope="col">Now</th>
            <th scope="col">Target</th>
          </tr>
        </thead>
        <tbody>
          {loadFigures(load).map((figure) => (
            <FigureRow key={figure.id} figure={figure} />
          ))}
        </tbody>
      </table>
      <Split load={load} />
      <TopSources load={load} />
    </section>
  );
}

function FigureRow({ figure: { label, text, target, isOver, definition } }: { figure: LoadFigure }): ReactNode {
  return (
    <tr data-over={isOver} title={definition}>
      <th scope="row">{label}</th>
      <td>
        {isOver && <span aria-label="above the target">▲ </span>}
        {text}
      </td>
      <td>{target}</td>
    </tr>
  );
}

function Split({ load: { split, lastDay } }: { load: AlarmLoad }): ReactNode {
  return (
    <table>
      <caption title={alarmFigures.split.definition}>Priorities of the last 24 hours</caption>
      <tbody>
        {splitTargets.map(({ priority, text }) => (
          <tr key={priority}>
            <th scope="row">
              <PriorityMark priority={priority} isHollow />
            </th>
            <td>{lastDay === 0 ? '–' : percent(split[priority])}</td>
            <td>{text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function TopSources({ load: { topSources } }: { load: AlarmLoad }): ReactNode {
  const together = topSources.reduce((sum, { share }) => sum + share, 0);
  return (
    <table>
      <caption title={alarmFigures.topSources.definition}>
        Top sources
        {topSources.length === 0
          ? ''
          : `, ${percent(together)} together, below ${percent(alarmFigures.topSources.target)} is aimed at`}
      </caption>
      <tbody>
        {topSources.length === 0 && (
          <tr>
            <th scope="row">No alarm in the last 24 hours.</th>
          </tr>
        )}
        {topSources.map(({ rule, subjectId, title, count, share }) => (
          <tr key={`${rule}|${subjectId}`}>
            <th scope="row" title={title}>
              {title}
            </th>
            <td>{count}</td>
            <td>{percent(share)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
