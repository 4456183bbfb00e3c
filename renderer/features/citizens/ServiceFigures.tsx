import type { ReactNode } from 'react';
import { DAY_MS, MINUTE_MS } from '../../../shared/base/durations.ts';
import type { RequestOutput } from '../../../shared/contract/contract.ts';
import { completionShare } from '../../../shared/impact/measures/completionRate.ts';
import { satisfactionShares } from '../../../shared/impact/measures/satisfaction.ts';
import { takeUpShares } from '../../../shared/impact/measures/takeUp.ts';
import { useNow } from '../../client/hooks.ts';
import { useAnswer } from '../../client/useAnswer.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import styles from '../../ui/PageSection.module.css';
import { PageSection } from '../../ui/PageSection.tsx';

const DAYS = 30;
const REFRESH_MS = 5000;

const percent = (share: number): string => (Number.isFinite(share) ? `${(share * 100).toFixed(0)} %` : 'none yet');

type Figures = RequestOutput<'service.figures'>;

/** The figures with their names and what they mean. */
function rowsOf(figures: Figures): [name: string, value: string, meaning: string][] {
  const { due, kept, closed, started, completed, online, otherChannels, asked, ...given } = figures;
  const requests = satisfactionShares(given.requestMarks, asked);
  const pages = satisfactionShares(given.pageMarks, Number.NaN);
  return [
    [
      'Promises kept',
      percent(kept / due),
      `${String(kept)} of ${String(due)} due; open and overdue ones are missed (of the ${String(closed)} closed ones alone: ${percent(kept / closed)})`,
    ],
    [
      'Completed',
      percent(completionShare(started, completed)),
      `${String(completed)} of ${String(started)} that came in these days`,
    ],
    [
      'Online',
      percent(takeUpShares({ online, assisted: 0, other: otherChannels }).online),
      'of those completed, by the portal or Open311',
    ],
    [
      'Satisfied with the service',
      percent(requests.top),
      `the upper two of five marks; ${percent(requests.answered)} of ${String(asked)} reporters gave one`,
    ],
    [
      'Satisfied with the pages',
      percent(pages.top),
      `${String(given.pageMarks.reduce((sum, count) => sum + count, 0))} marks`,
    ],
  ];
}

/** How the service did in the last days, and what people say of it. */
export function ServiceFigures(): ReactNode {
  const nowMs = useNow(MINUTE_MS);
  const time = useLocalTime();
  // The minute that has begun is part of the time.
  const toMs = nowMs === undefined ? undefined : nowMs + MINUTE_MS;
  const span = toMs === undefined ? undefined : { fromMs: toMs - DAYS * DAY_MS, toMs };
  const answer = useAnswer('service.figures', span, REFRESH_MS);
  if (answer.state !== 'done') return null;
  const { comments } = answer.value;
  return (
    <PageSection title={`The service in the last ${String(DAYS)} days`}>
      <table className={styles['table']}>
        <tbody>
          {rowsOf(answer.value).map(([name, value, meaning]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{meaning}</td>
            </tr>
          ))}
          {comments.map(({ atMs, mark, text, about }) => (
            <tr key={`${String(atMs)} ${about}`}>
              <th scope="row">
                {String(mark)} of 5<small>{time.dateTime(atMs)}</small>
              </th>
              <td>{about}</td>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </PageSection>
  );
}
