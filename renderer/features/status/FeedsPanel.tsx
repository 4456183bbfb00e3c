import type { ReactNode } from 'react';
import { refusalText } from '../../../shared/base/topicRefusal.ts';
import { CommandButton } from '../../client/CommandButton.tsx';
import { useNow, useStream } from '../../client/hooks.ts';
import type { Vitals } from '../../client/mergeStream.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { formatNumber } from '../../ui/formatNumber.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import styles from './FeedsPanel.module.css';

type Props = { onShowUnplaced: () => void; onShowDeadLetters: () => void };

/** Shows each feed: where the data comes from, how fast, how fresh it is, and what was refused. */
export function FeedsPanel({ onShowUnplaced, onShowDeadLetters }: Props): ReactNode {
  const vitals = useStream('vitals');
  const nowMs = useNow(1000);
  const time = useLocalTime();
  if (vitals === undefined || nowMs === undefined) return <Skeleton rows={5} height={28} />;
  const { broker, store } = vitals;
  return (
    <div className={styles['panel']}>
      <p className={styles['broker']}>
        <b>{broker.url}</b>
        <span>
          {broker.state} since {time.clock(broker.sinceMs)}
          {broker.protocol === undefined ? '' : ` · ${broker.protocol}`}
        </span>
      </p>
      {broker.refused?.map((refusal) => (
        <p key={`${refusal.right} ${refusal.topic}`} className={styles['refusal']} role="alert">
          {refusalText(refusal)}
        </p>
      ))}
      {vitals.warnings?.map((text) => (
        <p key={text} className={styles['refusal']}>
          {text}
        </p>
      ))}
      <FeedTable feeds={vitals.feeds} nowMs={nowMs} />
      <dl className={styles['engine']}>
        <Fact label="Messages" text={`${formatNumber(vitals.messagesPerSecond, 0)} /s`} />
        <Fact label="Store" text={`${store.state}, ${formatNumber(store.commitP95Ms, 1)} ms`} />
        <Fact label="Samples" text={formatNumber(store.samples, 0)} />
        <Fact label="Waiting" text={formatNumber(store.queue, 0)} />
        <Fact label="Loop delay" text={`${formatNumber(vitals.loopDelayP99Ms, 1)} ms`} />
        <Fact label="Shed" text={formatNumber(vitals.shedTotal, 0)} />
      </dl>
      {vitals.unplacedRefused > 0 && (
        <p className={styles['refusal']} role="status">
          {formatNumber(vitals.unplacedRefused, 0)} values of unknown devices refused: too many devices are in none of
          the county’s registers.
        </p>
      )}
      <footer className={styles['footer']}>
        <CommandButton command="deadLetters.list" onPress={onShowDeadLetters}>
          Refused messages · {formatNumber(vitals.refusedTotal, 0)}
        </CommandButton>
        <CommandButton command="unplaced.list" onPress={onShowUnplaced}>
          Unplaced devices · {formatNumber(vitals.unplaced, 0)}
        </CommandButton>
      </footer>
    </div>
  );
}

function Fact({ label, text }: { label: string; text: string }): ReactNode {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{text}</dd>
    </div>
  );
}

/** The age of the newest value; of a feed that sent no value yet, the time since its newest message. */
function ageText({ dataAtMs, lastAtMs }: Vitals['feeds'][number], nowMs: number): string {
  const atMs = dataAtMs ?? lastAtMs;
  return atMs === undefined ? '–' : formatAge(nowMs - atMs);
}

function FeedTable({ feeds, nowMs }: { feeds: Vitals['feeds']; nowMs: number }): ReactNode {
  return (
    <table className={styles['feeds']}>
      <thead>
        <tr>
          <th scope="col">Feed</th>
          <th scope="col">State</th>
          <th scope="col">/s</th>
          <th scope="col">Age</th>
          <th scope="col">Refused</th>
        </tr>
      </thead>
      <tbody>
        {feeds.map((feed) => (
          <tr key={feed.id} data-state={feed.state}>
            <th scope="row">{feed.name}</th>
            <td>{feed.state === 'unused' && feed.isExpected ? 'never heard' : feed.state}</td>
            <td>{feed.state === 'unused' ? '–' : formatNumber(feed.perSecond, 1)}</td>
            <td>{ageText(feed, nowMs)}</td>
            <td>{formatNumber(feed.refused, 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
