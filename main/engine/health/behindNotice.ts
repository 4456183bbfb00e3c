import type { StoreNotice } from '../store/store.ts';

/** What the screen says when the store falls behind the broker, and when it has caught up. `shed`: messages dropped here in between. */
export function behindNotice(isBehind: boolean, shed: number): StoreNotice {
  if (isBehind) {
    return { level: 'warning', text: 'More comes than the store takes. Reading from the broker pauses; messages of QoS 0 that cannot wait are dropped and counted, messages of QoS 1 wait at the broker.' };
  }
  const lost = shed === 0 ? 'Beacon itself dropped none' : `${String(shed)} messages of QoS 0 were dropped, none of QoS 1`;
  return { level: 'info', text: `The store has caught up with the broker: ${lost}.` };
}
