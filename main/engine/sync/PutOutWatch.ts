import type { MonotonicMs } from '../../../shared/base/clock.ts';
import type { PutOut } from '../../../shared/desk/deskState.ts';
import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { Membership } from './Membership.ts';
import type { DeskMessage } from './peerMessages.ts';

/** A revoked workstation is informed at most once in this time. */
const INFORM_EVERY_MS = 5000;

/** What a person reads who wants to work at a workstation that was put out. */
export const putOutText = ({ by, reason }: PutOut): string =>
  `This workstation was put out of the desk at ${by} (${reason}). Nothing that is written here reaches anybody, so nothing can be written. To come back, an administrator makes a code at another workstation; here, start Beacon with a new data folder and join with it.`;

type Options = {
  membership: Membership;
  /** Id of this workstation. */
  ownId: string;
  /** The sequence that is written here now. */
  own: () => string;
  send: (message: DeskMessage) => void;
  /** It was known before this start. */
  known: PutOut | undefined;
  /** Called once, when it becomes known. */
  onPutOut: (putOut: PutOut) => void;
  monotonicMs: () => MonotonicMs;
};

/**
 * Watches whether this workstation was put out of the desk, and informs others that were. The others no longer take
 * what a revoked workstation sends, so one that was cut off meanwhile would never learn it from the log.
 */
export class PutOutWatch {
  readonly #options: Options;
  readonly #informedMs = new Map<string, number>();
  #putOut: PutOut | undefined;

  constructor(options: Options) {
    this.#options = options;
    this.#putOut = options.known;
  }

  get putOut(): PutOut | undefined {
    return this.#putOut;
  }

  /** Takes entries that count here, or that a member gave to this workstation alone. */
  take(entries: readonly LogEntry[]): void {
    const { ownId, membership, onPutOut } = this.#options;
    for (const { event, author, sequence, atMs } of entries) {
      if (this.#putOut !== undefined) return;
      if (event.kind !== 'workstation.revoked' || event.workstationId !== ownId) continue;
      if (author.role !== 'administrator') continue;
      this.#putOut = { by: membership.nameOf(workstationOf(sequence)), reason: event.reason, atMs };
      onPutOut(this.#putOut);
    }
  }

  /** Gives a revoked workstation that is heard the entry with which it was revoked. */
  inform(sequence: string): void {
    const { membership, own, send, monotonicMs } = this.#options;
    const entry = membership.revocationOf(workstationOf(sequence));
    const nowMs = monotonicMs();
    if (entry === undefined || nowMs - (this.#informedMs.get(sequence) ?? -INFORM_EVERY_MS) < INFORM_EVERY_MS) return;
    this.#informedMs.set(sequence, nowMs);
    send({ kind: 'give', give: { from: own(), to: sequence, sequence: entry.sequence, entries: [entry] } });
  }
}
