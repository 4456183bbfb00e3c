/** A version of MQTT by its protocol level: 5 is MQTT 5, 4 is MQTT 3.1.1. */
export type ProtocolVersion = 4 | 5;

/** The name of a version, as people know it. */
export const protocolName = (version: ProtocolVersion): string => (version === 5 ? 'MQTT 5' : 'MQTT 3.1.1');

/** A broker that closes a connection may be starting, so one closing proves nothing about the version. */
const MOST_UNANSWERED = 2;
/** The preferred version is tried again this long after it last failed: the broker may have been updated. */
const TRY_AGAIN_MS = 600_000;

/**
 * Chooses the version of MQTT that is spoken with one broker, and remembers which one worked. A broker refuses a
 * version that it does not support by a code, or closes the connection without an answer, as RabbitMQ before 3.13 does.
 * While no version has worked, both are tried in turns.
 */
export class ProtocolChoice {
  readonly #preferred: ProtocolVersion;
  #version: ProtocolVersion;
  #unanswered = 0;
  #mostUnanswered = MOST_UNANSWERED;
  /** When the preferred version last failed; undefined while it is in use. */
  #failedAtMs: number | undefined;

  constructor(preferred: ProtocolVersion) {
    this.#preferred = preferred;
    this.#version = preferred;
  }

  /** Returns the version for the next attempt to connect. `atMs` is monotonic time. */
  next(atMs: number): ProtocolVersion {
    if (this.#failedAtMs !== undefined && atMs - this.#failedAtMs >= TRY_AGAIN_MS) {
      this.#version = this.#preferred;
      this.#failedAtMs = undefined;
      this.#unanswered = 0;
      // The other version is known to work, so a single failure is enough to go back to it.
      this.#mostUnanswered = 1;
    }
    return this.#version;
  }

  /** Must be called when the broker accepted a connection in this version. */
  worked(version: ProtocolVersion): void {
    this.#version = version;
    this.#unanswered = 0;
    this.#mostUnanswered = MOST_UNANSWERED;
    if (version === this.#preferred) this.#failedAtMs = undefined;
  }

  /** Must be called when the broker closed a connection in this version before it had answered. */
  unanswered(version: ProtocolVersion, atMs: number): void {
    if (version === this.#version && ++this.#unanswered >= this.#mostUnanswered) this.unsupported(version, atMs);
  }

  /** Must be called when the broker said that it does not support this version. */
  unsupported(version: ProtocolVersion, atMs: number): void {
    // Several connections share one choice, and another one may have changed it already.
    if (version !== this.#version) return;
    if (version === this.#preferred) this.#failedAtMs = atMs;
    this.#version = version === 5 ? 4 : 5;
    this.#unanswered = 0;
    this.#mostUnanswered = MOST_UNANSWERED;
  }
}
