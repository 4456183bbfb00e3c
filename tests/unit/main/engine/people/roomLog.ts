import { compareEntries } from '../../../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../../../shared/record/logEntry.ts';
import { RequestError } from '../../../../../main/engine/base/RequestError.ts';
import type { PeopleLog } from '../../../../../main/engine/people/PeopleGround.ts';

export type RoomLog = PeopleLog & {
  entries: LogEntry[];
  /** Nothing can be written any more. */
  fail: () => void;
  /** Takes what another workstation wrote. */
  hear: (entries: readonly LogEntry[]) => void;
  /** Has it wait as after joining, until what is returned is called. */
  hold: () => () => void;
};

/** One workstation's log in memory: entries as the real one stamps them, without hash and signature. */
export function roomLog(workstation: string, nowMs: () => number): RoomLog {
  const sequence = `${workstation}.1`;
  const listeners = new Set<(entries: readonly LogEntry[]) => void>();
  const entries: LogEntry[] = [];
  let hasFailed = false;
  let held: PromiseWithResolvers<void> | undefined;
  const tell = (fresh: LogEntry[]): void => {
    entries.push(...fresh);
    for (const listener of listeners) listener(fresh);
  };
  const stamp = (): { atMs: number; tick: number } => {
    const newest = entries.toSorted(compareEntries).at(-1) ?? { atMs: 0, tick: 0 };
    return nowMs() > newest.atMs ? { atMs: nowMs(), tick: 0 } : { atMs: newest.atMs, tick: newest.tick + 1 };
  };
  const reached = (of: string): number =>
    entries.reduce((most, entry) => (entry.sequence === of ? Math.max(most, entry.seq) : most), 0);
  const seen = (): Record<string, number> =>
    Object.fromEntries(
      [...new Set(entries.map((entry) => entry.sequence))]
        .filter((each) => each !== sequence)
        .map((each) => [each, reached(each)]),
    );
  return {
    entries,
    fail: () => (hasFailed = true),
    get isHeld() {
      return held !== undefined;
    },
    whenOpen: () => held?.promise ?? Promise.resolve(),
    hold() {
      const holding = (held = Promise.withResolvers());
      return () => {
        held = undefined;
        holding.resolve();
      };
    },
    hear: (foreign) => tell(foreign.filter((each) => !entries.includes(each))),
    onEntries: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    perform: async (author, event) => {
      await held?.promise;
      await Promise.resolve();
      if (hasFailed) throw new RequestError('unavailable', 'The record cannot be written.');
      const entry: LogEntry = {
        sequence,
        seq: reached(sequence) + 1,
        ...stamp(),
        author,
        seen: seen(),
        event,
        hash: '',
        signature: '',
      };
      tell([entry]);
      return entry;
    },
  };
}
