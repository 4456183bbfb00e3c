import { createLocalTime } from '../../shared/base/localTime.ts';
import type { LocalTime } from '../../shared/base/localTime.ts';
import { readPastTime, readUntil, writeTypedTime } from '../../shared/base/typedTime.ts';
import type { TypedTime } from '../../shared/base/typedTime.ts';
import { useClient, useCountyData } from './hooks.ts';

/** `write` gives a time in the form in which the others read it again. */
type Readers = {
  past: (typed: string) => TypedTime;
  until: (typed: string) => TypedTime | undefined;
  write: (atMs: number) => string;
};

const clocks = new Map<string, LocalTime>();
function clockOf(timeZone: string): LocalTime {
  const clock = clocks.get(timeZone) ?? createLocalTime(timeZone);
  clocks.set(timeZone, clock);
  return clock;
}

/**
 * Reads times that people type by the county's clock, which is not that of this machine: an exercise or an accelerated
 * county has a time of its own.
 */
export function useTypedTime(): Readers {
  const client = useClient();
  const { profile } = useCountyData();
  const clock = (): { nowMs: number; time: LocalTime } => ({
    nowMs: client.nowMs() ?? 0,
    time: clockOf(profile?.timeZone ?? 'UTC'),
  });
  return {
    past: (typed) => readPastTime(typed, clock()),
    until: (typed) => readUntil(typed, clock()),
    write: (atMs) => writeTypedTime(atMs, clock()),
  };
}
