import { useEffect, useState } from 'react';
import type { Alarm } from '../../../../shared/alarms/alarm.ts';
import type { Client } from '../../../client/client.ts';
import { useClient } from '../../../client/hooks.ts';
import { viewOf } from '../alarmViews.ts';
import { useMinePositions } from '../useMinePositions.ts';
import { AlarmSounder } from './AlarmSounder.ts';
import { storedMute } from './mute.ts';
import { nextSound, repeatAfterMs } from './nextSound.ts';
import type { Heard } from './nextSound.ts';

const LOOK_EVERY_MS = 250;
const KEY = 'beacon.mutedUntilMs';
const gestures = ['pointerdown', 'keydown'] as const;

/** Plays the sounds of alarms as they change, also while the screen shows the past. */
export function useAlarmSound(): {
  sounder: AlarmSounder;
  mutedUntilMs: number | undefined;
  mute: (untilMs: number | undefined) => void;
} {
  const client = useClient();
  const mine = useMinePositions();
  const [sounder] = useState(() => new AlarmSounder());
  const [stored, setStored] = useState(() => window.localStorage.getItem(KEY));

  useEffect(() => {
    sounder.unlock();
    for (const gesture of gestures) window.addEventListener(gesture, sounder.unlock, true);
    return () => gestures.forEach((gesture) => window.removeEventListener(gesture, sounder.unlock, true));
  }, [sounder]);

  useEffect(
    () => sounding(client, sounder, { mine, mutedUntil: (nowMs) => storedMute(stored, nowMs) }),
    [client, sounder, mine, stored],
  );

  const nowMs = client.nowMs();
  return {
    sounder,
    mutedUntilMs: nowMs === undefined ? undefined : storedMute(stored, nowMs),
    mute: (untilMs) => {
      const text = untilMs === undefined ? '' : String(untilMs);
      window.localStorage.setItem(KEY, text);
      setStored(text);
    },
  };
}

type Ears = { mine: ReadonlySet<string>; mutedUntil: (nowMs: number) => number | undefined };

/**
 * A person who holds positions hears the alarms of these; a person who holds none hears the whole county. Faulty
 * sensors are silent.
 */
const isHeard = (alarm: Alarm, mine: ReadonlySet<string>): boolean =>
  viewOf(alarm) === 'current' && (mine.size === 0 || mine.has(alarm.position));

/**
 * Watches the alarms until the returned function is called. Sounds that were missed during a mute are not played
 * afterwards.
 */
function sounding(client: Client, sounder: AlarmSounder, { mine, mutedUntil }: Ears): () => void {
  const stream = client.stream('alarms');
  const watched = [1, 2] as const;
  let [heard, seen]: [Heard | undefined, unknown] = [undefined, undefined];
  /** True while no new sound is possible: the alarms have not changed and no repetition is due. */
  const isIdle = (alarms: unknown, nowMs: number): boolean =>
    alarms === seen &&
    watched.every(
      (priority) =>
        (heard?.atMs[priority] ?? nowMs) > nowMs - repeatAfterMs[priority] && (heard?.atMs[priority] ?? nowMs) <= nowMs,
    );
  const look = (): void => {
    const [alarms, nowMs] = [stream.get(), client.nowMs()];
    if (alarms === undefined || nowMs === undefined || sounder.state.get() !== 'ready' || isIdle(alarms, nowMs)) return;
    seen = alarms;
    const next = nextSound(
      [...alarms.values()].filter((alarm) => isHeard(alarm, mine)),
      heard,
      nowMs,
    );
    heard = next.heard;
    if (next.sound !== undefined && mutedUntil(nowMs) === undefined) sounder.play(next.sound);
  };
  const timer = window.setInterval(look, LOOK_EVERY_MS);
  return () => window.clearInterval(timer);
}
