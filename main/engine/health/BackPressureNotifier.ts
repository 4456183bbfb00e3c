import type { StoreNotice } from '../store/store.ts';

/** A surge that the store takes in this time is not worth a word: the first start of a county is one. */
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

/** Says on the screen when the store falls behind the broker for longer than a moment, and when it has caught up. */
export class BackPressureNotifier {
  readonly #tell: (notice: StoreNotice) => void;
  readonly #setTimer: (run: () => void, ms: number) => () => void;
  #cancel: (() => void) | undefined;
  #isTold = false;

  /** `setTimer` returns what takes the timer back. */
  constructor(tell: (notice: StoreNotice) => void, setTimer: (run: () => void, ms: number) => () => void) {
    this.#tell = tell;
    this.#setTimer = setTimer;
  }

  /** `shed`: messages dropped since the falling behind began. What was dropped is told, however short it was. */
  change(isBehind: boolean, shed: number): void {
    this.#cancel?.();
    this.#cancel = undefined;
    if (isBehind) {
      this.#cancel = this.#setTimer(() => {
        this.#isTold = true;
        this.#tell(fallenBehind);
      }, TOLD_AFTER_MS);
      return;
    }
    if (this.#isTold || shed > 0) this.#tell(caughtUp(shed));
    this.#isTold = false;
  }
}
