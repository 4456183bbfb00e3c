import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Log } from '../base/engine.ts';
import type { Condition } from '../domains/kit/Condition.ts';

/** A domain counts as faulty for this long after it last threw an exception. */
const FAULTY_FOR_MS = 60_000;
/**
 * A faulty hot function throws thousands of times per second: one line per domain in this time is enough for the log.
 */
const LOG_EVERY_MS = 60_000;

type Fault = { atMs: number; loggedAtMs: number; count: number; text: string };

/** Remembers which domains threw an exception, so that the screen can show what is missing from the picture. */
export class DomainFaults {
  readonly #log: Log;
  readonly #nowMs: () => CountyMs;
  readonly #faults = new Map<string, Fault>();

  constructor(log: Log, nowMs: () => CountyMs) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  note(domainId: string, error: unknown): void {
    const atMs = this.#nowMs();
    const text = error instanceof Error ? error.message : String(error);
    const known = this.#faults.get(domainId);
    const isLogged = known !== undefined && Math.abs(atMs - known.loggedAtMs) < LOG_EVERY_MS;
    if (!isLogged)
      this.#log('error', `The domain ${domainId} failed: ${text}`, {
        stack: error instanceof Error ? error.stack : '',
      });
    const loggedAtMs = isLogged ? known.loggedAtMs : atMs;
    this.#faults.set(domainId, { atMs, loggedAtMs, count: (known?.count ?? 0) + 1, text });
  }

  conditions(nowMs: number): Condition[] {
    return [...this.#faults]
      .filter(([, { atMs }]) => nowMs - atMs < FAULTY_FOR_MS)
      .map(([id, { count, text }]) => ({
        rule: 'system.domainFault',
        domain: 'system',
        priority: 2,
        subject: { kind: 'system', id: `domain:${id}` },
        title: `Part of the picture fails: ${id}`,
        place: 'Control room',
        cause: 'An exception inside Beacon: a value or a state that this part was not made for.',
        consequence: 'What this part shows and judges may be incomplete or old. The other parts are not touched.',
        action: 'Report it with the log of the engine; a restart may help for a while.',
        evidence: [
          { label: 'Exception', text: text.slice(0, 300) },
          { label: 'Times', text: String(count) },
        ],
        onDelayMs: 0,
        offDelayMs: 5000,
      }));
  }
}
