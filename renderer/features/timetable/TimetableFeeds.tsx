import type { ReactNode } from 'react';
import { describeMany } from '../../../shared/base/display.ts';
import { timetableState, writtenDay } from '../../../shared/county/timetableFeed.ts';
import type { TimetableFeed, TimetableState } from '../../../shared/county/timetableFeed.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { Blank } from '../../ui/Blank.tsx';
import { PageSection } from '../../ui/PageSection.tsx';
import styles from '../../ui/PageSection.module.css';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { usedDays } from './feedDays.ts';
import { TimetableAdvice } from './TimetableAdvice.tsx';

const REFRESH_MS = 60_000;

const states: Record<TimetableState, string> = {
  inForce: 'In force',
  later: 'Later',
  over: 'Ended',
  unused: 'Not used',
};

/** Which timetables were loaded, on which days they hold, and everything in them that cannot be used. */
export function TimetableFeeds(): ReactNode {
  const answer = useAnswer('county.timetable', {}, REFRESH_MS);
  if (answer.state === 'loading') return <Skeleton rows={8} />;
  if (answer.state === 'failed') return <Blank title="The timetable cannot be shown.">{answer.message}</Blank>;
  const { feeds, today } = answer.value;
  if (feeds.length === 0)
    return (
      <Blank title="The county has no timetable.">
        Put a GTFS feed into the county’s folder as gtfs.zip, or several into the folder gtfs.
      </Blank>
    );
  return (
    <>
      <PageSection title="Timetables">
        <FeedTable feeds={feeds} today={today} />
      </PageSection>
      <TimetableAdvice />
      {feeds.map((feed) => (
        <PageSection key={feed.source} title={`Faults in ${feed.source}`}>
          {feed.faults.length === 0 ? <p className={styles['hint']}>None were found.</p> : <FaultTable feed={feed} />}
        </PageSection>
      ))}
    </>
  );
}

function FeedTable({ feeds, today }: { feeds: readonly TimetableFeed[]; today: string }): ReactNode {
  return (
    <table className={styles['table']} aria-label="Timetables">
      <thead>
        <tr>
          <th>Feed</th>
          <th>State</th>
          <th>Calendar</th>
          <th>Used</th>
          <th>Holds</th>
        </tr>
      </thead>
      <tbody>
        {feeds.map((feed) => (
          <tr key={feed.source} data-quiet={feed.used.length === 0}>
            <th scope="row">
              {feed.source}
              <small>{[...feed.agencies, feed.version && `version ${feed.version}`].filter(Boolean).join(', ')}</small>
              {feed.prefix !== undefined && <small>ids as {feed.prefix}:…</small>}
            </th>
            <td>{states[timetableState(feed, today)]}</td>
            <td>
              {feed.firstDay === undefined || feed.lastDay === undefined
                ? 'not given'
                : `${writtenDay(feed.firstDay)} to ${writtenDay(feed.lastDay)}`}
            </td>
            <td>{usedDays(feed)}</td>
            <td>
              {[
                describeMany(feed.routes, 'route'),
                describeMany(feed.trips, 'trip'),
                describeMany(feed.stops, 'stop'),
                describeMany(feed.stopTimes, 'time at stops', 'times at stops'),
              ].join(', ')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function FaultTable({ feed }: { feed: TimetableFeed }): ReactNode {
  return (
    <table className={styles['table']} aria-label={`Faults in ${feed.source}`}>
      <thead>
        <tr>
          <th>File</th>
          <th>Row</th>
          <th>Fault</th>
          <th>Times</th>
        </tr>
      </thead>
      <tbody>
        {feed.faults.map(({ file, line, reason, count }) => (
          <tr key={`${file} ${reason}`}>
            <th scope="row">{file === '' ? feed.source : file}</th>
            <td>{line ?? 'whole file'}</td>
            <td>{reason}</td>
            <td>{count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
