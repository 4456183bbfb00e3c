import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import { useAnswer } from '../../client/useAnswer.ts';
import { useLocalTime } from '../../client/useLocalTime.ts';
import { dayWord } from './describeReplay.ts';
import styles from './TimeLine.module.css';
import { BIN_MS, alarmBins, hourTicks } from './timeScale.ts';

const MINUTE_MS = 60_000;
const SPAN_MS = 24 * 60 * MINUTE_MS;
/** The alarms are counted again this often. */
const DENSITY_EVERY_MS = 60_000;
/** A person who holds an arrow key is still choosing: the picture moves once the key has rested for this long. */
const SETTLE_MS = 350;
/** An hour this near to the end has a tick and no label, because the label would be cut. */
const LABEL_MS = SPAN_MS / 16;

type Props = { nowMs: number; pictureMs: number; isPast: boolean; onGo: (atMs: number) => void };

/**
 * A slider over the last 24 hours; its right end is now. Dragging shows the time under the thumb, and releasing it
 * moves the picture there.
 */
export function TimeSlider({ nowMs, pictureMs, isPast, onGo }: Props): ReactNode {
  const time = useLocalTime();
  const toMs = Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS;
  const fromMs = toMs - SPAN_MS;
  const [held, setHeld] = useState<number>();
  const [wish, setWish] = useState<number>();
  useEffect(() => {
    if (wish === undefined) return undefined;
    const timer = window.setTimeout(() => {
      setWish(undefined);
      setHeld(undefined);
      onGo(wish);
    }, SETTLE_MS);
    return () => window.clearTimeout(timer);
  }, [wish, onGo]);
  const shownMs = held ?? (isPast ? pictureMs : toMs);
  const value = Math.min(toMs, Math.max(fromMs, Math.round(shownMs / MINUTE_MS) * MINUTE_MS));
  const words = held === undefined && !isPast ? 'Live' : `${dayWord(value, nowMs, time)} ${time.short(value)}`;
  const input = useRef<HTMLInputElement>(null);
  // The library can announce numbers only, and nobody wants to hear milliseconds.
  useLayoutEffect(() => input.current?.setAttribute('aria-valuetext', words), [words, value]);
  return (
    <Slider
      className={styles['slider'] ?? ''}
      aria-label="Time of the picture"
      minValue={fromMs}
      maxValue={toMs}
      step={MINUTE_MS}
      value={value}
      onChange={(next) => {
        setWish(undefined);
        setHeld(next);
      }}
      onChangeEnd={setWish}
    >
      <SliderTrack className={styles['track'] ?? ''}>
        <Scale fromMs={fromMs} toMs={toMs} />
        <SliderThumb inputRef={input} className={styles['thumb'] ?? ''} data-held={held !== undefined}>
          <SliderOutput className={styles['output'] ?? ''}>{words}</SliderOutput>
        </SliderThumb>
      </SliderTrack>
    </Slider>
  );
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** Ticks of local time, and how many alarms were raised when. The ground is dotted until they have been counted. */
function Scale({ fromMs, toMs }: { fromMs: number; toMs: number }): ReactNode {
  const time = useLocalTime();
  const answer = useAnswer(
    'alarms.raised',
    { fromMs: Math.floor(fromMs / BIN_MS) * BIN_MS, toMs: (Math.floor(toMs / BIN_MS) + 1) * BIN_MS },
    DENSITY_EVERY_MS,
  );
  const place = (atMs: number): string => percent(Math.min(1, Math.max(0, (atMs - fromMs) / SPAN_MS)));
  const ticks = useMemo(() => hourTicks(fromMs, toMs, time), [fromMs, toMs, time]);
  const bins = answer.state === 'done' ? alarmBins(answer.value.atMs, fromMs) : [];
  const sinceMs = answer.state === 'done' ? answer.value.sinceMs : toMs;
  return (
    <div className={styles['scale']} aria-hidden>
      {sinceMs > fromMs && (
        <i className={styles['uncounted']} style={{ width: place(sinceMs) }} title="Alarms were not counted then" />
      )}
      {bins.map((bin) => (
        <i
          key={bin.atMs}
          className={styles['bin']}
          style={{ left: place(bin.atMs), '--share': bin.share } as CSSProperties}
          title={`${bin.count} ${bin.count === 1 ? 'alarm' : 'alarms'} from ${time.short(bin.atMs)}`}
        />
      ))}
      {ticks.map((tick) => (
        <span
          key={tick.atMs}
          className={styles['tick']}
          data-labelled={tick.label !== undefined}
          style={{ left: place(tick.atMs) }}
        >
          {toMs - tick.atMs > LABEL_MS && tick.label}
        </span>
      ))}
    </div>
  );
}
