import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ReplayState } from '../../../shared/contract/contract.ts';
import { useNow, usePictureNow, useReplay, useStream } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { formatAge } from '../../ui/formatTime.ts';
import { dayWord, doingWords } from './describeReplay.ts';
import styles from './PastFrame.module.css';

/**
 * Marks a screen that shows the past, so that nobody takes it for a live one: it is framed, and its time stands large
 * at the top.
 */
export function PastFrame(): ReactNode {
  const replay = useReplay();
  return replay === undefined ? null : <Frame replay={replay} />;
}

function Frame({ replay }: { replay: ReplayState }): ReactNode {
  const nowMs = useNow(1000);
  const pictureMs = usePictureNow(1000);
  const time = useLocalTime();
  const alarms = [...(useStream('alarmsThen')?.values() ?? [])].filter(({ domain }) => domain !== 'maintenance').length;
  if (nowMs === undefined || pictureMs === undefined) return null;
  return (
    <>
      <div className={styles['frame']} role="presentation" />
      <section
        className={styles['plate']}
        data-testid="past-frame"
        data-state={replay.state}
        aria-label="This screen shows the past"
      >
        <p className={styles['time']}>
          <History size={20} aria-hidden />
          <b>
            {dayWord(pictureMs, nowMs, time)}{' '}
            <time dateTime={new Date(pictureMs).toISOString()}>{time.clock(pictureMs)}</time>
          </b>
          <span>{doingWords(replay)}</span>
        </p>
        <p className={styles['note']}>
          {formatAge(nowMs - pictureMs)} ago · {alarmWords(alarms)}
          {replay.isLearning && replay.state !== 'loading' ? ', usual values still being learnt' : ''} · the lists of
          alarms and incidents are live
        </p>
      </section>
      <p className={styles['spoken']} role="status">
        This screen shows the past, {doingWords(replay)}. Commands are refused until it is live again.
      </p>
    </>
  );
}

const alarmWords = (count: number): string =>
  `${count} ${count === 1 ? 'alarm' : 'alarms'} on the map, as the rules find them in the data of then`;
