import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { ExchangeEffect, LogExchange, RenewReason } from './LogExchange.ts';
import type { PeerLine } from './PeerLine.ts';
import type { RefusedMessages } from './RefusedMessages.ts';
import type { Merged } from '../store/store.ts';
import type { ReplicationOptions } from './replicationOptions.ts';

type Options = Pick<ReplicationOptions, 'log' | 'membership' | 'nowMs' | 'monotonicMs' | 'onNotice' | 'say'>;
type Parts = {
  line: Pick<PeerLine, 'send'>;
  refused: RefusedMessages;
  /** The sequence that is written here. */
  own: () => string;
  /** Undefined before the log is loaded. */
  exchange: () => LogExchange | undefined;
  renew: (reason: RenewReason) => Promise<void>;
};

/** Refused entries beyond this number are counted and no longer named. */
const MOST_NAMED = 50;

const whyRefused = {
  stranger: 'its workstation does not belong to the desk as it is known here',
  broken: 'it does not follow from the entries before it, so it was altered',
  unsigned: 'it does not have the signature of its workstation',
};

/** Carries out what the exchange of the log decides: asks for and gives entries, merges them, begins a new epoch. */
export class ExchangeEffects {
  readonly #options: Options;
  readonly #parts: Parts;
  /** Ids of the refused entries that were named: a peer offers them again and again. */
  readonly #named = new Set<string>();

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
      for (const each of refused) this.#name(each, from);
    } finally {
      // Where not all of it was taken, the rest is asked for again, from another peer first.
      const last = entries.at(-1);
      if (last !== undefined && (membership.headsOf(workstationOf(sequence))[sequence] ?? 0) < last.seq)
        this.run(this.#parts.exchange()?.refused(sequence, from, monotonicMs()) ?? []);
    }
  }

  #name({ id, reason }: Merged['refused'][number], from: string | undefined): void {
    // Entries of an unknown workstation are only counted: who belongs to the desk may become known later.
    if (reason === 'stranger' || this.#named.has(id) || this.#named.size >= MOST_NAMED) return;
    this.#named.add(id);
    const { membership, onNotice } = this.#options;
    const giver = from === undefined ? '' : ` It came from ${membership.nameOf(workstationOf(from))}.`;
    onNotice({
      level: 'warning',
      text: `The entry ${id} of the shared log was refused: ${whyRefused[reason]}.${giver} Nothing after it is taken from this sequence until another workstation gives the true one.`,
    });
  }
}
