import type { CountyMs } from '../../../shared/base/clock.ts';
import type { StreamMessage } from '../../../shared/contract/contract.ts';
import { Emitter } from '../base/Emitter.ts';
import type { Log } from '../base/engine.ts';
import type { StoreNotice } from '../store/store.ts';

type Notice = StreamMessage<'notices'>['notices'][number];

const MOST_NOTICES = 50;

/** Notices about events of the system itself, which every screen must show. */
export class Notices {
  readonly #log: Log;
  readonly #nowMs: () => CountyMs;
  #notices: Notice[] = [];
  #count = 0;
  readonly #changes = new Emitter<readonly Notice[]>();
  readonly onChange = this.#changes.on;

  constructor(log: Log, nowMs: () => CountyMs) {
    this.#log = log;
    this.#nowMs = nowMs;
  }

  add({ level, text }: StoreNotice): void {
    this.#log(level === 'warning' ? 'warn' : level, text);
    const notice = { id: `notice-${String(++this.#count)}`, level, text, atMs: this.#nowMs() };
    this.#notices = [...this.#notices, notice].slice(-MOST_NOTICES);
    this.#changes.emit(this.#notices);
  }

  all(): Notice[] {
    return this.#notices;
  }
}
