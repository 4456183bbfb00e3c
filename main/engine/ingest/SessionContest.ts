const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 300_000;
/** A connection that ends sooner than this may have been ended by another client of the same name. */
const SHORT_MS = 60_000;
/** A broker of MQTT 3.1.1 does not say why it ends a connection: this many short ones in a row are a sign. */
const MANY_SHORT = 3;
/** A connection that stood for this long ends the contest. */
const SETTLED_MS = 600_000;

type Ended = {
  /** The broker said that another client took the session over. */
  wasTakenOver: boolean;
  /** The broker ended the connection in order and gave no reason. */
  isUnexplained: boolean;
  stoodForMs: number;
};

/** `certain`: the broker said so; `likely`: the connections end as they would. */
export type Contest = { how: 'certain' | 'likely'; pauseMs: number };

/**
 * Recognises another client that uses the same client id. Each of the two ends the other's connection when it connects,
 * so this one waits longer each time instead of taking part for ever.
 */
export class SessionContest {
  #short = 0;
  #nextPauseMs = FIRST_PAUSE_MS;

  /** Takes the end of a connection that was accepted; undefined where nobody seems to contest the session. */
  ended({ wasTakenOver, isUnexplained, stoodForMs }: Ended): Contest | undefined {
    if (stoodForMs >= SETTLED_MS) this.#nextPauseMs = FIRST_PAUSE_MS;
    // Without the pauses of a contest, connections of 3.1.1 that are ended in turns last only for seconds.
    this.#short = isUnexplained && stoodForMs < Math.max(SHORT_MS, 2 * this.#nextPauseMs) ? this.#short + 1 : 0;
    const isLikely = this.#short >= MANY_SHORT;
    if (!wasTakenOver && !isLikely) return undefined;
    const pauseMs = this.#nextPauseMs;
    this.#nextPauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    return { how: wasTakenOver ? 'certain' : 'likely', pauseMs };
  }
}
