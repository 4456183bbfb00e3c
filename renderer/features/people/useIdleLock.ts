import { useEffect } from 'react';
import { useConnection, useSeat } from '../../client/hooks.ts';

const LOOK_EVERY_MS = 5000;
const signsOfLife = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Locks the screen on Ctrl+Shift+L, and by itself when nobody has touched it for as long as the setting says. */
export function useIdleLock(): void {
  const seat = useSeat();
  const limitMs = useConnection().idleLockMinutes * 60_000;
  useEffect(() => {
    let lastMs = performance.now();
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
      if (limitMs > 0 && performance.now() - lastMs >= limitMs) void seat.leave('idle');
    }, LOOK_EVERY_MS);
    return () => {
      for (const sign of signsOfLife) window.removeEventListener(sign, onLife, { capture: true });
      window.removeEventListener('keydown', onKeyDown);
      window.clearInterval(timer);
    };
  }, [seat, limitMs]);
}
