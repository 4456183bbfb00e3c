import type { StoreNotice } from '../store/store.ts';

/** A surge that the store takes in within this time is not reported: the first start of a county is one. */
const TOLD_AFTER_MS = 5000;

const fallenBehind: StoreNotice = {
  level: 'warning',
  text: 'More comes than the store takes. Reading from the broker pauses; messages of QoS 0 that cannot wait are dropped and counted, messages of QoS 1 wait at the broker.',
};

function caughtUp(shed: number): StoreNotice {
  const lost =
    shed === 0 ? 'Beacon itself dropped none' : `${String(shed)} messages of QoS 0 were dropped, none of QoS 1`;
  return { level: 'info', text: `The store has caught up with the broker: ${lost}.` };
}

/** Reports on the screen when the store falls behind the broker for longer than a moment, and when it has caught up. */
export class BackPressureNotifier {
  readonly #report: (notice: StoreNotice) => void;
  readonly #setTimer: (run: () => void, ms: number) => () => void;
  #cancel: (() => void) | undefined;
  #isReported = false;

  /** `setTimer` returns the function that cancels the timer. */
  constructor(report: (notice: StoreNotice) => void, setTimer: (run: () => void, ms: number) => () => void) {
    this.#report = report;
    this.#setTimer = setTimer;
  }

  /**
   * `shed`: messages dropped since the store fell behind. Dropped messages are always reported, however short the surge
   * was.
   */
  change(isBehind: boolean, shed: number): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (isBehind) {
      this.#cancel = this.#setTimer(() => {
        this.#isReported = true;
        this.#report(fallenBehind);
      }, TOLD_AFTER_MS);
      return;
    }
    if (this.#isReported || shed > 0) this.#report(caughtUp(shed));
    this.#isReported = false;
  }
}
