import { useEffect } from 'react';
import { useClient, useConnection, useSeat } from '../../client/hooks.ts';

const LOOK_EVERY_MS = 5000;
/** How often the screen reports that somebody is there, where somebody is. */
const REPORT_EVERY_MS = 60_000;
const signsOfLife = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Locks the screen on Ctrl+Shift+L, and by itself when nobody has touched it for as long as the setting says. */
export function useIdleLock(): void {
  const seat = useSeat();
  const client = useClient();
  const limitMs = useConnection().idleLockMinutes * 60_000;
  useEffect(() => {
    let lastMs = performance.now();
    let reportedMs = lastMs;
    const onLife = (): void => {
      lastMs = performance.now();
    };
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 'l') return;
      event.preventDefault();
      void seat.leave('locked');
    };
    for (const sign of signsOfLife) window.addEventListener(sign, onLife, { passive: true, capture: true });
    window.addEventListener('keydown', onKeyDown);
    const timer = window.setInterval(() => {
      const nowMs = performance.now();
      if (limitMs > 0 && nowMs - lastMs >= limitMs) void seat.leave('idle');
      else if (lastMs > reportedMs && nowMs - reportedMs >= REPORT_EVERY_MS) {
        reportedMs = nowMs;
        // A broken connection is shown elsewhere.
        client.request('people.active', {}).catch(() => undefined);
      }
    }, LOOK_EVERY_MS);
    return () => {
      for (const sign of signsOfLife) window.removeEventListener(sign, onLife, { capture: true });
      window.removeEventListener('keydown', onKeyDown);
      window.clearInterval(timer);
    };
  }, [client, seat, limitMs]);
}
