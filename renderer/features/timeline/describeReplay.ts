import type { ReplayState } from '../../../shared/contract/contract.ts';
import type { LocalTime } from '../../ui/formatTime.ts';

const DAY_MS = 86_400_000;

/** The word for a day: "Today", "Yesterday" or the date, by the county's calendar. */
export function dayWord(atMs: number, nowMs: number, time: LocalTime): string {
  const day = time.date(atMs);
  if (day === time.date(nowMs)) return 'Today';
  return day === time.date(nowMs - DAY_MS) ? 'Yesterday' : day;
}

/** The state of the replay, in few words. */
export function doingWords({ state, speed, isBehind, isEmpty, reason }: ReplayState): string {
  if (state === 'failed') return `could not be shown: ${reason ?? 'the engine does not say why'}`;
  if (state === 'loading') return 'being put together';
  if (isEmpty) return 'no data is kept of this time';
  if (state === 'standing') return 'standing still';
  return isBehind ? `replay, slower than ×${speed}` : `replay ×${speed}`;
}
