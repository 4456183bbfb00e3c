import { it } from 'vitest';
import { AlarmRoom, at } from './main/engine/alarms/AlarmRoom.ts';
it('perf', () => {
  const room = new AlarmRoom();
  const make = (s: number) => Array.from({ length: 10_000 }, (_, i) => ({ rule: 'electricity.voltage', domain: 'electricity' as const, priority: 3 as const, subject: { kind: 'meter' as const, id: `M${i}` }, title: `T${i}`, place: 'p', cause: 'c', consequence: 'c', action: 'a', evidence: [{ label: 'a', text: `for ${s}` }, { label: 'b', text: 'x' }], onDelayMs: 0, offDelayMs: 5000 }));
  for (let s = 0; s < 16; s++) { const m = make(s < 8 ? 0 : s); const t = performance.now(); room.book.update(m, at(s)); room.book.takeChanges(); console.log(s, (performance.now() - t).toFixed(1)); }
  const all = room.book.all(); const t = performance.now();
  for (const a of all.slice(0, 500)) room.acknowledge(13, a);
  console.log('ack500', performance.now() - t);
});
