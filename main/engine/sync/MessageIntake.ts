import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { Election } from './Election.ts';
import type { FileExchange } from './FileExchange.ts';
import type { Freshness, Liveness } from './Liveness.ts';
import type { RefusedMessages } from './RefusedMessages.ts';
import { briefHash } from './LogExchange.ts';
import type { ExchangeEffect, LogExchange } from './LogExchange.ts';
import type { Beat, DeskMessage } from './peerMessages.ts';
import type { ReplicationOptions } from './replicationOptions.ts';

type Options = Pick<ReplicationOptions, 'log' | 'engineId' | 'onCopied' | 'nowMs' | 'monotonicMs' | 'say'>;
type Parts = {
  /** Distinguishes this run of the engine from a copy of it. */
  instance: string;
  bornAtMs: number;
  /** The sequence that is written here. */
  own: () => string;
  /** Undefined before the log is loaded. */
  exchange: () => LogExchange | undefined;
  election: () => Election;
  liveness: Liveness;
  refused: RefusedMessages;
  /** Whether it is known how far the others have the sequences of this workstation. */
  hasLooked: () => boolean;
  files: FileExchange;
  /** Takes entries that were given to this workstation, before it is known whether they follow. */
  onGiven: (entries: readonly LogEntry[]) => void;
  obey: (effects: readonly ExchangeEffect[]) => void;
  /** Called when the broker has shown a beat of this run again. */
  onEcho: (atMs: number) => void;
};

/** Takes the verified messages of the other workstations, and passes each to the part that handles it. */
export class MessageIntake {
  /** By workstation: how far its clock was off at its last beat, and when that beat came (UTC ms). */
  readonly clockOffMs = new Map<string, number>();
  readonly heardAtMs = new Map<string, number>();
  readonly #options: Options;
  readonly #parts: Parts;
  #isCopied = false;

  constructor(options: Options, parts: Parts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** Takes a message. `isRetained`: the broker had kept it; its sender may be gone. */
  take(message: DeskMessage, isRetained: boolean): void {
    const { own, files, obey } = this.#parts;
    const atMs = this.#options.monotonicMs();
    const exchange = this.#parts.exchange();
    if (exchange === undefined) return;
    switch (message.kind) {
      case 'beat':
        this.#hear(exchange, message.beat, isRetained, atMs);
        return;
      case 'events':
        obey(exchange.receive(message.entries, undefined));
        return;
      case 'ask':
        if (message.ask.to === own()) obey(exchange.asked(message.ask));
        return;
      case 'give':
        if (message.give.to !== own()) return;
        this.#parts.onGiven(message.give.entries);
        obey(exchange.given(message.give, atMs));
        return;
      case 'want':
        if (message.want.to === own())
          files
            .asked(message.want)
            .catch((error: unknown) => this.#options.say('warn', `A file could not be given: ${String(error)}`));
        return;
      case 'piece':
        if (message.piece.to === own()) void files.given(message.piece);
        return;
      default:
        message satisfies never;
    }
  }

  #hear(exchange: LogExchange, beat: Beat, isRetained: boolean, atMs: number): void {
    const { own, instance, liveness, obey, onEcho } = this.#parts;
    const election = this.#parts.election();
    election.noteTerm(beat.term);
    if (beat.from === own() && beat.instance === instance) {
      if (isRetained) return;
      onEcho(atMs);
      election.echoed(beat.beat, atMs);
      liveness.shown(beat.beat, atMs);
      return;
    }
    const freshness = liveness.judge(beat, isRetained, atMs);
    if (!isRetained && !this.#isBelieved(exchange, beat, freshness)) return;
    if (!exchange.isNews(beat, atMs, freshness === 'proven')) return;
    if (!isRetained) {
      const id = workstationOf(beat.from);
      this.clockOffMs.set(id, beat.atMs - this.#options.nowMs());
      this.heardAtMs.set(id, this.#options.nowMs());
      election.hear(beat.from, beat.standing, beat.term, atMs);
    }
    obey(exchange.hear(beat, isRetained, atMs, freshness === 'proven'));
    if (isRetained && beat.from === own())
      this.#compareCourse(exchange, beat).catch((error: unknown) =>
        this.#options.say('warn', `The head at the broker could not be compared: ${String(error)}`),
      );
    if (!isRetained && (freshness === 'proven' || beat.heard === undefined)) this.#noteTwin(beat);
  }

  /**
   * Whether a beat that came live is to be taken. Until this workstation has looked at the broker and sends beats
   * itself, it believes every beat with its own sequence: a needless epoch is better than a number that is written
   * twice.
   */
  #isBelieved(exchange: LogExchange, beat: Beat, freshness: Freshness): boolean {
    const { own, refused, hasLooked } = this.#parts;
    const isTwin = beat.from === own();
    if (isTwin && !hasLooked()) return true;
    if (freshness === 'stale' || exchange.isOutrun(beat)) {
      refused.note(workstationOf(beat.from), 'repeated', this.#options.nowMs());
      return false;
    }
    return !isTwin || freshness === 'proven' || beat.heard === undefined;
  }

  /**
   * Compares the beat that the broker keeps with the log. A workstation that is alone writes before it has heard the
   * broker; then the entry at the number in that beat, and no longer the last one, shows whether both are the same
   * sequence.
   */
  async #compareCourse(exchange: LogExchange, { from, heads }: Beat): Promise<void> {
    const [seq, hash] = heads[from] ?? [0, ''];
    const [entry] = seq === 0 ? [] : await this.#options.log.sequence(from, seq, 1);
    if (entry !== undefined && hash !== '' && briefHash(entry.hash) !== hash) this.#parts.obey(exchange.forked());
  }

  /** Notes another process with the sequence and engine id of this one; the younger of the two gives way. */
  #noteTwin({ instance, bornAtMs, engine }: Beat): void {
    const own = this.#parts;
    const isElder = bornAtMs < own.bornAtMs || (bornAtMs === own.bornAtMs && instance < own.instance);
    if (engine !== this.#options.engineId || !isElder || this.#isCopied) return;
    this.#isCopied = true;
    this.#options.onCopied();
  }
}
