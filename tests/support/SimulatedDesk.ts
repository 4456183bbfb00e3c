import { createHash } from 'node:crypto';
import { LogExchange } from '../../main/engine/sync/LogExchange.ts';
import type { ExchangeEffect } from '../../main/engine/sync/LogExchange.ts';
import type { Beat, LogMessage } from '../../main/engine/sync/peerMessages.ts';
import { afterReceiving, nextStamp } from '../../shared/record/hybridClock.ts';
import type { Stamp } from '../../shared/record/hybridClock.ts';
import type { Head, LogEntry } from '../../shared/record/logEntry.ts';

const GENESIS = '0';
const author = { id: 'p', name: 'P', role: 'operator' as const };
const hashOf = ({ sequence, seq, atMs, tick, event }: Omit<LogEntry, 'hash' | 'signature'>, previous: string): string =>
  createHash('sha256')
    .update(`${previous}|${sequence}|${String(seq)}|${String(atMs)}|${String(tick)}|${JSON.stringify(event)}`)
    .digest('hex');

/** A workstation of the simulated desk: the real exchange over a log in memory. */
export class SimulatedWorkstation {
  readonly id: string;
  readonly log = new Map<string, LogEntry[]>();
  readonly #network: SimulatedNetwork;
  /** The error of its wall clock, in milliseconds. */
  clockOffMs = 0;
  own: string;
  exchange: LogExchange;
  isCut = false;
  /** True once it has heard from the desk since its start, so that it knows whether its own sequence is complete. */
  hasLooked = true;
  #stamp: Stamp = { atMs: 0, tick: 0 };
  #instance = 0;
  #beat = 0;

  constructor(id: string, network: SimulatedNetwork) {
    this.id = id;
    this.#network = network;
    this.own = `${id}.1`;
    this.exchange = this.#start();
  }

  heads(): Map<string, Head> {
    return new Map(
      [...this.log].flatMap(([sequence, entries]) => {
        const last = entries.at(-1);
        return last === undefined ? [] : [[sequence, { seq: last.seq, hash: last.hash }] as const];
      }),
    );
  }

  entries(): LogEntry[] {
    return [...this.log.values()].flat();
  }

  write(text: string): void {
    if (!this.hasLooked) this.#renew(this.#network.unusedEpoch());
    this.#stamp = nextStamp(this.#stamp, this.#network.atMs + this.clockOffMs);
    const line = this.#line(this.own);
    const seen = Object.fromEntries(
      [...this.heads()].filter(([sequence]) => sequence !== this.own).map(([sequence, { seq }]) => [sequence, seq]),
    );
    const entry = {
      sequence: this.own,
      seq: line.length + 1,
      ...this.#stamp,
      author,
      seen,
      event: { kind: 'system.noted' as const, text },
    };
    const whole: LogEntry = { ...entry, hash: hashOf(entry, line.at(-1)?.hash ?? GENESIS), signature: '' };
    line.push(whole);
    this.#network.written.add(text);
    this.#network.send(this, { kind: 'events', entries: [whole] });
    this.obey(this.exchange.merged(this.own, whole, this.#network.atMs));
    this.sendBeat();
  }

  sendBeat(): void {
    const beat: Beat = {
      from: this.own,
      name: this.id,
      instance: `${this.id}-${String(this.#instance)}`,
      bornAtMs: this.#instance,
      beat: ++this.#beat,
      atMs: this.#network.atMs,
      heads: this.exchange.heads(),
      term: 0,
      standing: 'ready',
      acts: [],
    };
    this.#network.send(this, { kind: 'beat', beat });
  }

  receive(message: LogMessage, isRetained: boolean): void {
    const { atMs } = this.#network;
    if (message.kind === 'beat') this.obey(this.exchange.hear(message.beat, isRetained, atMs));
    else if (message.kind === 'events') this.obey(this.exchange.receive(message.entries, undefined));
    else if (message.kind === 'give') this.obey(this.exchange.given(message.give, atMs));
    else this.obey(this.exchange.asked(message.ask));
  }

  tick(): void {
    this.obey(this.exchange.tick(this.#network.atMs));
    this.sendBeat();
  }

  cut(): void {
    this.isCut = true;
    this.exchange.lost();
  }

  /**
   * Connects to the broker again: it receives first what the broker had kept, and publishes its own beat for the
   * others.
   */
  heal(): void {
    this.isCut = false;
    for (const beat of this.#network.retained.values()) this.receive({ kind: 'beat', beat }, true);
    this.hasLooked = true;
    this.sendBeat();
  }

  /** Restarts the process, with the log as it is or with that of an earlier time. */
  restart(log: ReadonlyMap<string, LogEntry[]> = this.log): void {
    const kept = structuredClone([...log]);
    this.log.clear();
    for (const [sequence, entries] of kept) this.log.set(sequence, entries);
    this.#stamp = this.entries().reduce((stamp, entry) => afterReceiving(stamp, entry, this.#network.atMs), {
      atMs: 0,
      tick: 0,
    });
    this.#instance++;
    this.#beat = 0;
    this.hasLooked = false;
    this.exchange = this.#start();
    if (!this.isCut) this.heal();
  }

  obey(effects: readonly ExchangeEffect[]): void {
    for (const effect of effects) {
      if (effect.kind === 'ask') this.#network.send(this, effect);
      else if (effect.kind === 'give')
        this.#network.send(this, {
          kind: 'give',
          give: {
            from: this.own,
            to: effect.to,
            sequence: effect.sequence,
            entries: this.#line(effect.sequence).slice(effect.fromSeq - 1, effect.toSeq),
          },
        });
      else if (effect.kind === 'renew') this.#renew(this.exchange.highestEpoch() + 1);
      else this.#merge(effect);
    }
  }

  #merge({ sequence, entries, from }: Extract<ExchangeEffect, { kind: 'merge' }>): void {
    const line = this.#line(sequence);
    for (const entry of entries) {
      const previous = line.at(-1);
      if (entry.seq !== line.length + 1 || entry.hash !== hashOf(entry, previous?.hash ?? GENESIS)) {
        this.obey(this.exchange.refused(sequence, from, this.#network.atMs));
        return;
      }
      line.push(entry);
      this.#stamp = afterReceiving(this.#stamp, entry, this.#network.atMs + this.clockOffMs);
    }
    this.obey(this.exchange.merged(sequence, line.at(-1)!, this.#network.atMs));
  }

  #renew(epoch: number): void {
    this.own = `${this.id}.${String(epoch)}`;
    this.exchange.renewed(this.own);
    this.hasLooked = true;
  }

  #line(sequence: string): LogEntry[] {
    const line = this.log.get(sequence) ?? [];
    this.log.set(sequence, line);
    return line;
  }

  #start(): LogExchange {
    return new LogExchange({
      own: this.own,
      instance: `${this.id}-${String(this.#instance)}`,
      bornAtMs: this.#instance,
      heads: this.heads(),
      lastCounted: () => Number.POSITIVE_INFINITY,
    });
  }
}

/**
 * Holds the messages under way between workstations, and delivers, duplicates or loses each one on command. It also
 * holds the beats that the broker keeps.
 */
export class SimulatedNetwork {
  readonly workstations: SimulatedWorkstation[];
  readonly written = new Set<string>();
  readonly retained = new Map<string, Beat>();
  underWay: { to: SimulatedWorkstation; message: LogMessage }[] = [];
  atMs = 0;
  #epoch = 1000;

  constructor(count: number) {
    this.workstations = Array.from(
      { length: count },
      (_, index) => new SimulatedWorkstation(`w${String(index)}`, this),
    );
  }

  unusedEpoch(): number {
    return this.#epoch++;
  }

  send(from: SimulatedWorkstation, message: LogMessage): void {
    if (from.isCut) return;
    if (message.kind === 'beat') this.retained.set(message.beat.from, message.beat);
    const addressee = message.kind === 'ask' ? message.ask.to : message.kind === 'give' ? message.give.to : undefined;
    for (const to of this.workstations)
      if (to !== from && !to.isCut && (addressee === undefined || to.own === addressee))
        this.underWay.push({ to, message });
  }

  deliver(index: number, isKept = false): void {
    const at = index % this.underWay.length;
    const envelope = this.underWay[at];
    if (envelope === undefined) return;
    if (!isKept) this.underWay.splice(at, 1);
    if (!envelope.to.isCut) envelope.to.receive(envelope.message, false);
  }

  lose(index: number): void {
    this.underWay.splice(index % this.underWay.length, 1);
  }

  tick(ms = 1000): void {
    this.atMs += ms;
    for (const each of this.workstations) each.tick();
  }

  /**
   * Connects every workstation and delivers everything. Returns the seconds until all have the same log; it gives up
   * after 20.
   */
  settle(): number {
    for (const each of this.workstations) if (each.isCut) each.heal();
    for (let second = 1; second <= 20; second++) {
      this.tick();
      while (this.underWay.length > 0) this.deliver(0);
      if (this.isSame()) return second;
    }
    return Number.POSITIVE_INFINITY;
  }

  isSame(): boolean {
    const [first, ...others] = this.workstations.map((each) =>
      JSON.stringify([...each.heads()].sort(([a], [b]) => (a < b ? -1 : 1))),
    );
    return others.every((other) => other === first);
  }
}
