import fc from 'fast-check';
import type { LogEntry } from '../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../shared/record/recordEvent.ts';
import { person } from './people.ts';

type Step = { at: number; event: RecordEvent; hears: boolean[]; waitMs: number };

/**
 * Entries that people wrote at three workstations that heard of each other only now and then. Their hybrid clocks work
 * as they should, which still allows an entry to carry an earlier time than one that its author had not seen.
 */
export function anyRoomHistory(event: fc.Arbitrary<RecordEvent>, maxLength: number): fc.Arbitrary<LogEntry[]> {
  const step: fc.Arbitrary<Step> = fc.record({
    at: fc.nat({ max: 2 }),
    event,
    hears: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
    waitMs: fc.constantFrom(0, 1, 1000, 90_000),
  });
  return fc.array(step, { maxLength }).map(play);
}

const names = ['Ann', 'Ben', 'Cid'] as const;
const sequences = ['ws-a.1', 'ws-b.1', 'ws-c.1'] as const;

function play(steps: readonly Step[]): LogEntry[] {
  const entries: LogEntry[] = [];
  const seen = sequences.map((): Record<string, number> => ({}));
  const clocks = sequences.map(() => ({ atMs: 0, tick: 0 }));
  let nowMs = 1_000_000_000_000;
  for (const { at, event, hears, waitMs } of steps) {
    nowMs += waitMs;
    for (const [other, doesHear] of hears.entries()) if (doesHear && other !== at) hear(at, other);
    const last = clocks[at]!;
    clocks[at] = nowMs > last.atMs ? { atMs: nowMs, tick: 0 } : { atMs: last.atMs, tick: last.tick + 1 };
    const seq = (seen[at]![sequences[at]!] ?? 0) + 1;
    const { [sequences[at]!]: _own, ...others } = seen[at]!;
    entries.push({
      sequence: sequences[at]!,
      seq,
      ...clocks[at],
      author: person(names[at]!),
      seen: others,
      event,
      hash: '',
      signature: '',
    });
    seen[at]![sequences[at]!] = seq;
  }
  return entries;

  function hear(at: number, other: number): void {
    for (const [sequence, seq] of Object.entries(seen[other]!))
      seen[at]![sequence] = Math.max(seen[at]![sequence] ?? 0, seq);
    const [own, theirs] = [clocks[at]!, clocks[other]!];
    if (theirs.atMs > own.atMs || (theirs.atMs === own.atMs && theirs.tick > own.tick)) clocks[at] = { ...theirs };
  }
}
