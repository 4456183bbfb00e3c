import { Pause, Play, SkipBack, SkipForward } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components';
import { usePictureNow, useReplay } from '../../client/hooks.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { Button } from '../../ui/Button.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { SelectInput } from '../../ui/SelectInput.tsx';
import { neighbourLine } from './reviewTimes.ts';
import type { ReviewLine } from './reviewTimes.ts';
import styles from './ReviewTrack.module.css';
import type { Travel } from './travel.ts';
import type { Review } from './useReview.ts';

const speeds = [1, 10, 60, 600, 3600].map((speed) => ({ id: String(speed), label: `×${speed}` }));
const STEP_MS = 1000;

type Props = { review: Review; travel: Travel; closeHref: string };

/**
 * The time of the incident from beginning to end, with a tick for every entry and the controls for moving through it.
 */
export function ReviewTrack({ review: { fromMs, toMs, lines }, travel, closeHref }: Props): ReactNode {
  const pictureMs = usePictureNow(500) ?? fromMs;
  const go = (line: ReviewLine | undefined): void => {
    if (line !== undefined) travel.goTo(line.atMs);
  };
  return (
    <section className={styles['bar']} aria-label="Time of the review" data-testid="review-track">
      <div className={styles['controls']}>
        <IconButton label="Back to the entry before" onPress={() => go(neighbourLine(lines, pictureMs, -1))}>
          <SkipBack size={16} />
        </IconButton>
        <PlayControls travel={travel} fromMs={fromMs} />
        <IconButton label="On to the next entry" onPress={() => go(neighbourLine(lines, pictureMs, 1))}>
          <SkipForward size={16} />
        </IconButton>
      </div>
      <Track
        fromMs={fromMs}
        toMs={Math.max(toMs, fromMs + STEP_MS)}
        pictureMs={pictureMs}
        lines={lines}
        onGo={travel.goTo}
      />
      <Button onPress={() => window.location.assign(closeHref)}>Close the review</Button>
    </section>
  );
}

function PlayControls({ travel, fromMs }: { travel: Travel; fromMs: number }): ReactNode {
  const replay = useReplay();
  const [wanted, setWanted] = useState('10');
  const isPlaying = replay !== undefined && replay.speed > 0;
  const choose = (next: string): void => {
    setWanted(next);
    if (isPlaying) travel.play(Number(next));
  };
  const press = (): void => {
    if (replay === undefined) travel.goTo(fromMs);
    else travel.play(isPlaying ? 0 : Number(wanted));
  };
  return (
    <>
      <IconButton
        label={replay === undefined ? 'To the beginning' : isPlaying ? 'Pause' : 'Play'}
        isDisabled={replay?.state === 'failed'}
        onPress={press}
      >
        {isPlaying ? <Pause size={16} /> : <Play size={16} />}
      </IconButton>
      <SelectInput label="Speed" isLabelHidden options={speeds} value={wanted} onChange={choose} />
    </>
  );
}

type TrackProps = {
  fromMs: number;
  toMs: number;
  pictureMs: number;
  lines: readonly ReviewLine[];
  onGo: (atMs: number) => void;
};

function Track({ fromMs, toMs, pictureMs, lines, onGo }: TrackProps): ReactNode {
  const time = useLocalTime();
  const [held, setHeld] = useState<number>();
  const place = (atMs: number): string =>
    `${(Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs))) * 100).toFixed(3)}%`;
  const shownMs = Math.min(toMs, Math.max(fromMs, held ?? pictureMs));
  const end = (atMs: number): void => {
    setHeld(undefined);
    onGo(atMs);
  };
  return (
    <Slider
      className={styles['slider'] ?? ''}
      aria-label="Time of the picture"
      minValue={fromMs}
      maxValue={toMs}
      step={STEP_MS}
      value={shownMs}
      onChange={setHeld}
      onChangeEnd={end}
    >
      <SliderTrack className={styles['track'] ?? ''}>
        <div className={styles['ticks']} aria-hidden>
          {lines.map((line) => (
            <i
              key={line.id}
              data-done={line.atMs <= shownMs}
              style={{ left: place(line.atMs) }}
              title={`${time.clock(line.atMs)} ${line.text}`}
            />
          ))}
        </div>
        <SliderThumb className={styles['thumb'] ?? ''} />
      </SliderTrack>
      <div className={styles['times']} aria-hidden>
        <span>{time.short(fromMs)}</span>
        <b>{time.clock(shownMs)}</b>
        <span>{time.short(toMs)}</span>
      </div>
    </Slider>
  );
}
