import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { ExchangeEffect, LogExchange, RenewReason } from './LogExchange.ts';
import type { PeerLine } from './PeerLine.ts';
import type { RefusedMessages } from './RefusedMessages.ts';
import type { ReplicationOptions } from './replicationOptions.ts';

type Options = Pick<ReplicationOptions, 'log' | 'membership' | 'nowMs' | 'monotonicMs' | 'say'>;
type Parts = {
  line: PeerLine;
  refused: RefusedMessages;
  /** The sequence that is written here. */
  own: () => string;
  /** Undefined before the log is loaded. */
  exchange: () => LogExchange | undefined;
  renew: (reason: RenewReason) => Promise<void>;
};

/** Carries out what the exchange of the log decides: asks for and gives entries, merges them, begins a new epoch. */
export class ExchangeEffects {
  readonly #options: Options;
  readonly #parts: Parts;

  constructor(options: Options, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  run = (effects: readonly ExchangeEffect[]): void => {
    for (const effect of effects) {
      if (effect.kind === 'ask') this.#parts.line.send(effect);
      else
        void this.#carryOut(effect).catch((error: unknown) =>
          this.#options.say('warn', `The desk could not ${effect.kind}: ${String(error)}`),
        );
    }
  };

  async #carryOut(effect: Exclude<ExchangeEffect, { kind: 'ask' }>): Promise<void> {
    const { line, own, renew } = this.#parts;
    if (effect.kind === 'renew') await renew(effect.reason);
    else if (effect.kind === 'merge') await this.#merge(effect);
    else {
      const { to, sequence, fromSeq, toSeq } = effect;
      const entries = await this.#options.log.sequence(sequence, fromSeq, toSeq - fromSeq + 1);
      if (entries.length > 0) line.send({ kind: 'give', give: { from: own(), to, sequence, entries } });
    }
  }

  async #merge({ sequence, entries, from }: Extract<ExchangeEffect, { kind: 'merge' }>): Promise<void> {
    const { log, membership, nowMs, monotonicMs } = this.#options;
    const keys = Object.fromEntries([...membership.trust.values()].map(({ id, publicKey }) => [id, publicKey]));
    try {
      const { refused } = await log.merge(entries, keys);
      for (const { reason } of refused.slice(0, 1))
        this.#parts.refused.note(workstationOf(sequence), reason, nowMs(), refused.length);
    } finally {
      // Where not all of it was taken, the rest is asked for again, from another peer first.
      const last = entries.at(-1);
      if (last !== undefined && (membership.headsOf(workstationOf(sequence))[sequence] ?? 0) < last.seq)
        this.run(this.#parts.exchange()?.refused(sequence, from, monotonicMs()) ?? []);
    }
  }
}
