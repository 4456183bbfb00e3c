import type { ReactNode } from 'react';
import { describeMany } from '../../../shared/base/display.ts';
import type { TimetableAdvice as Advice } from '../../../shared/transit/timetableAdvice.ts';
import { useClient } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Button } from '../../ui/Button.tsx';
import { PageSection } from '../../ui/PageSection.tsx';
import styles from '../../ui/PageSection.module.css';
import { saveFile } from '../../ui/saveFile.ts';
import { useAttempt } from '../../ui/useAttempt.ts';
import { clockOf, percent, spanOf } from './adviceWords.ts';

type Effect = NonNullable<Advice['today']>;

/** What measured runs say of the timetable, and a better one where there is one. */
export function TimetableAdvice(): ReactNode {
  const answer = useAnswer('county.timetableAdvice', {});
  if (answer.state !== 'done')
    return (
      <PageSection title="A better timetable">
        <p className={styles['hint']}>{answer.state === 'loading' ? 'The measured runs are read …' : answer.message}</p>
      </PageSection>
    );
  const advice = answer.value;
  return (
    <>
      <PageSection title="A better timetable">
        <Proposal advice={advice} />
      </PageSection>
      {advice.hopeless.length > 0 && (
        <PageSection title="Trips that can never be on time">
          <HopelessTrips trips={advice.hopeless} />
        </PageSection>
      )}
      {advice.legs.length > 0 && (
        <PageSection title="Running times that fit worst">
          <LegTable legs={advice.legs} />
        </PageSection>
      )}
    </>
  );
}

function Proposal({ advice: { days, neededDays, runs, today, proposal } }: { advice: Advice }): ReactNode {
  const measured = `${describeMany(runs, 'run')} on ${describeMany(days, 'day')} of the last six weeks were measured.`;
  if (today === undefined)
    return <p className={styles['hint']}>{`${measured} A proposal needs ${String(neededDays)} days.`}</p>;
  return (
    <>
      <p className={styles['hint']}>
        {proposal === undefined
          ? `${measured} No timetable was found that is surely better than today’s.`
          : `${measured} Running times change on ${describeMany(proposal.changedTrips, 'trip')}; departures from the first stop and vehicles stay. The effect is foretold by a simulation of days from which the proposal was not made, with the same disturbances.`}
      </p>
      <EffectTable today={today} proposed={proposal?.effect} />
      {proposal !== undefined && <SaveButton />}
    </>
  );
}

function SaveButton(): ReactNode {
  const client = useClient();
  const { run, isBusy, fault } = useAttempt();
  const save = async (): Promise<void> => {
    const { base64 } = await client.request('county.proposedStopTimes', {});
    saveFile('stop_times.txt', 'text/csv', base64);
  };
  return (
    <p>
      <Button isDisabled={isBusy} onPress={() => void run(save)}>
        Save stop_times.txt
      </Button>{' '}
      {fault}
    </p>
  );
}

function EffectTable({ today, proposed }: { today: Effect; proposed: Effect | undefined }): ReactNode {
  const rows: [string, (effect: Effect) => string][] = [
    ['Departures on time', ({ onTime }) => spanOf(onTime, percent)],
    ['Excess wait on frequent lines', ({ excessWaitS }) => spanOf(excessWaitS, (seconds) => `${seconds.toFixed(0)} s`)],
    ['Vehicle hours per day', ({ vehicleHours }) => vehicleHours.toFixed(1)],
  ];
  return (
    <table className={styles['table']} aria-label="Effect of the proposal">
      <thead>
        <tr>
          <th>Figure</th>
          <th>Today’s timetable</th>
          {proposed !== undefined && <th>Proposal</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map(([label, text]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{text(today)}</td>
            {proposed !== undefined && <td>{text(proposed)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HopelessTrips({ trips }: { trips: Advice['hopeless'] }): ReactNode {
  return (
    <table className={styles['table']} aria-label="Trips that can never be on time">
      <thead>
        <tr>
          <th>Trip</th>
          <th>Runs</th>
          <th>Half end at least</th>
        </tr>
      </thead>
      <tbody>
        {trips.map(({ tripId, line, departsS, runs, medianLateS }) => (
          <tr key={tripId}>
            <th scope="row">{`${clockOf(departsS)}, ${line}`}</th>
            <td>{runs}</td>
            <td>{`${(medianLateS / 60).toFixed(0)} min late`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function LegTable({ legs }: { legs: Advice['legs'] }): ReactNode {
  return (
    <table className={styles['table']} aria-label="Running times that fit worst">
      <thead>
        <tr>
          <th>Leg</th>
          <th>Hour</th>
          <th>Timetable</th>
          <th>Median</th>
          <th>85 %</th>
          <th>95 %</th>
          <th>Runs</th>
        </tr>
      </thead>
      <tbody>
        {legs.map(({ line, hour, from, to, plannedS, medianS, p85S, p95S, runs }) => (
          <tr key={`${line} ${String(hour)} ${from} ${to}`}>
            <th scope="row">{`${line}: ${from} to ${to}`}</th>
            <td>{clockOf(hour * 3600)}</td>
            <td>{`${String(plannedS)} s`}</td>
            <td>{`${String(medianS)} s`}</td>
            <td>{`${String(p85S)} s`}</td>
            <td>{`${String(p95S)} s`}</td>
            <td>{runs}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
