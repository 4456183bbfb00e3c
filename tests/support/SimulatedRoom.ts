import { Election } from '../../main/engine/sync/Election.ts';
import { Liveness } from '../../main/engine/sync/Liveness.ts';
import { LogExchange } from '../../main/engine/sync/LogExchange.ts';
import type { ExchangeEffect } from '../../main/engine/sync/LogExchange.ts';
import type { Beat, LogMessage } from '../../main/engine/sync/peerMessages.ts';
import { Readiness } from '../../main/engine/sync/Readiness.ts';
import type { Head, LogEntry } from '../../shared/record/logEntry.ts';

const STEP_MS = 100;
const BEAT_STEPS = 10;
const LOOK_STEPS = 15;
const LOOK_AT_MOST_STEPS = 40;

const entryOf = (sequence: string, seq: number): LogEntry => ({
  sequence,
  seq,
  atMs: 0,
  tick: 0,
  author: { id: 'p', name: 'P', role: 'operator' },
  seen: {},
  event: { kind: 'system.noted', text: '' },
  hash: `${sequence} ${String(seq)}`,
  signature: '',
});

/** One run of a workstation's engine: what it holds in memory. */
class Process {
  readonly election: Election;
  readonly liveness: Liveness;
  readonly readiness = new Readiness();
  readonly exchange: LogExchange;
  readonly instance: string;
  readonly startedStep: number;
  beat = 0;
  hasLooked = false;
  connectedStep: number | undefined;

  constructor(station: Station, startedStep: number) {
    this.instance = `${station.id}-${String(station.starts)}`;
    this.startedStep = startedStep;
    this.election = new Election(station.own);
    this.liveness = new Liveness(this.instance, station.acknowledging);
    this.exchange = new LogExchange({
      own: station.own,
      instance: this.instance,
      bornAtMs: station.starts,
      heads: station.heads(),
      lastCounted: () => Number.POSITIVE_INFINITY,
    });
  }
}

/** A workstation with its data folder and its connection to the broker, which may be delayed in either direction. */
class Station {
  readonly id: string;
  readonly own: string;
  readonly log = new Map<string, number>();
  readonly acknowledging = new Set<string>();
  starts = 0;
  process: Process | undefined;
  up: LogMessage[] = [];
  down: { message: LogMessage; isRetained: boolean }[] = [];
  heldUpUntil = 0;
  heldDownUntil = 0;
  cutUntil = 0;
  backAt = 0;
  refused = 0;

  constructor(id: string) {
    this.id = id;
    this.own = `${id}.1`;
  }

  heads(): Map<string, Head> {
    return new Map([...this.log].map(([sequence, seq]) => [sequence, { seq, hash: `${sequence} ${String(seq)}` }]));
  }
}

export type Trouble = {
  step: number;
  station: number;
  kind: 'holdUp' | 'holdDown' | 'cut' | 'kill' | 'broker' | 'write' | 'replay';
  steps: number;
};

/**
 * Workstations of one desk at one broker that accepts messages one after another and delivers them to all in that
 * order. Elections and exchanges are the real ones, in steps of 100 ms. A third party at the broker has recorded every
 * beat.
 */
export class SimulatedRoom {
  readonly stations: Station[];
  readonly recorded: Beat[] = [];
  readonly #retained = new Map<string, Beat>();
  #replays: { beats: Beat[]; everySteps: number }[] = [];
  #brokerBackAt = 0;
  step = 0;

  constructor(count: number) {
    this.stations = Array.from({ length: count }, (_, index) => new Station(`w${String(index)}`));
  }

  get atMs(): number {
    return this.step * STEP_MS;
  }

  leading(): string[] {
    return this.stations.filter(({ process }) => process?.election.isLeading(this.atMs) === true).map(({ id }) => id);
  }

  disturb({ station: index, kind, steps }: Trouble): void {
    const station = this.stations[index % this.stations.length]!;
    const until = this.step + steps;
    if (kind === 'holdUp') station.heldUpUntil = until;
    else if (kind === 'holdDown') station.heldDownUntil = until;
    else if (kind === 'write') this.#write(station);
    else if (kind === 'replay') this.replay(station.id, steps);
    else if (kind === 'broker') this.#brokerBackAt = until;
    else if (kind === 'cut') station.cutUntil = until;
    else this.kill(station, until);
  }

  kill(station: Station, backAt = Number.POSITIVE_INFINITY): void {
    this.#disconnect(station);
    station.process = undefined;
    station.backAt = backAt;
  }

  /**
   * A third party publishes, once per second, what it recorded of a workstation, from the workstation's `first` beat
   * on.
   */
  replay(id: string, first = 0, everySteps = BEAT_STEPS): void {
    const beats = this.recorded.filter(({ name }) => name === id).slice(first);
    this.#replays.push({ beats, everySteps });
  }

  /** A third party makes the broker forget the retained messages of a workstation. */
  clearRetained(id: string): void {
    for (const [sequence, { name }] of this.#retained) if (name === id) this.#retained.delete(sequence);
  }

  run(steps: number, each: () => void = () => undefined): void {
    for (let count = 0; count < steps; count++) {
      this.#advance();
      each();
    }
  }

  #advance(): void {
    this.step++;
    for (const station of this.stations) {
      this.#keepUp(station);
      this.#tick(station);
    }
    for (const { beats, everySteps } of this.#replays) {
      const beat = this.step % everySteps === 0 ? beats.shift() : undefined;
      if (beat !== undefined && this.#isBrokerUp()) this.#spread({ kind: 'beat', beat });
    }
    for (const station of this.stations)
      if (this.step >= station.heldUpUntil) for (const message of station.up.splice(0)) this.#spread(message);
    for (const station of this.stations)
      if (this.step >= station.heldDownUntil)
        for (const { message, isRetained } of station.down.splice(0)) this.#receive(station, message, isRetained);
  }

  #isBrokerUp(): boolean {
    return this.step >= this.#brokerBackAt;
  }

  /**
   * Starts the processes that should run, and connects and disconnects them as their connection and the broker allow.
   */
  #keepUp(station: Station): void {
    if (station.process === undefined && this.step >= station.backAt) {
      station.starts++;
      station.process = new Process(station, this.step);
    }
    const { process } = station;
    const isUp = this.#isBrokerUp() && this.step >= station.cutUntil;
    if (process === undefined || isUp === (process.connectedStep !== undefined)) return;
    if (!isUp) {
      this.#disconnect(station);
      return;
    }
    process.connectedStep = this.step;
    process.election.connected(this.atMs);
    process.liveness.connected();
    station.down.push(
      ...[...this.#retained.values()].map((beat) => ({ message: { kind: 'beat' as const, beat }, isRetained: true })),
    );
  }

  #disconnect(station: Station): void {
    Object.assign(station, { up: [], down: [] });
    const { process } = station;
    if (process?.connectedStep === undefined) return;
    process.connectedStep = undefined;
    process.election.lost();
    process.exchange.lost();
  }

  #tick(station: Station): void {
    const { process } = station;
    if (process === undefined) return;
    const { election, exchange, readiness, connectedStep, startedStep } = process;
    process.hasLooked ||=
      (connectedStep !== undefined && this.step - connectedStep >= LOOK_STEPS) ||
      this.step - startedStep >= LOOK_AT_MOST_STEPS;
    this.#obey(station, exchange.tick(this.atMs));
    const hasAll = readiness.tick(this.atMs, exchange.obtainable(this.atMs));
    const isChanged = election.tick(this.atMs, process.hasLooked && hasAll, this.stations.length === 1);
    if (isChanged || this.step % BEAT_STEPS === station.starts % BEAT_STEPS) this.#sendBeat(station, process);
  }

  #sendBeat(station: Station, process: Process): void {
    const { election, liveness, exchange } = process;
    if (process.connectedStep === undefined || !process.hasLooked) return;
    election.sent(++process.beat, this.atMs);
    liveness.sent(process.beat, this.atMs);
    const beat: Beat = {
      from: station.own,
      name: station.id,
      instance: process.instance,
      bornAtMs: station.starts,
      beat: process.beat,
      atMs: this.atMs,
      heads: exchange.heads(),
      term: election.term,
      standing: election.standing,
      acts: [],
      heard: liveness.heard(),
    };
    this.recorded.push(beat);
    station.up.push({ kind: 'beat', beat });
  }

  #write(station: Station): void {
    const { process } = station;
    if (process?.hasLooked !== true) return;
    const seq = (station.log.get(station.own) ?? 0) + 1;
    station.log.set(station.own, seq);
    const entry = entryOf(station.own, seq);
    if (process.connectedStep !== undefined) station.up.push({ kind: 'events', entries: [entry] });
    this.#obey(station, process.exchange.merged(station.own, entry, this.atMs));
  }

  #spread(message: LogMessage): void {
    if (message.kind === 'beat') this.#retained.set(message.beat.from, message.beat);
    for (const station of this.stations)
      if (station.process?.connectedStep !== undefined) station.down.push({ message, isRetained: false });
  }

  #receive(station: Station, message: LogMessage, isRetained: boolean): void {
    const exchange = station.process?.exchange;
    if (exchange === undefined) return;
    if (message.kind === 'beat') this.#hear(station, message.beat, isRetained);
    else if (message.kind === 'events') this.#obey(station, exchange.receive(message.entries, undefined));
    else if (message.kind === 'give' && message.give.to === station.own)
      this.#obey(station, exchange.given(message.give, this.atMs));
    else if (message.kind === 'ask' && message.ask.to === station.own) this.#obey(station, exchange.asked(message.ask));
  }

  /** Does what `Replication` does with a beat. */
  #hear(station: Station, beat: Beat, isRetained: boolean): void {
    const { process } = station;
    if (process === undefined) return;
    const { election, exchange, liveness } = process;
    election.noteTerm(beat.term);
    if (beat.from === station.own) {
      if (isRetained || beat.instance !== process.instance) return;
      election.echoed(beat.beat, this.atMs);
      liveness.shown(beat.beat, this.atMs);
      return;
    }
    const freshness = liveness.judge(beat, isRetained, this.atMs);
    if (!isRetained && (freshness === 'stale' || exchange.isOutrun(beat))) {
      station.refused++;
      return;
    }
    if (!exchange.isNews(beat, this.atMs, freshness === 'proven')) return;
    if (!isRetained) election.hear(beat.from, beat.standing, beat.term, this.atMs);
    this.#obey(station, exchange.hear(beat, isRetained, this.atMs, freshness === 'proven'));
  }

  #obey(station: Station, effects: readonly ExchangeEffect[]): void {
    const { process } = station;
    if (process === undefined) return;
    for (const effect of effects) {
      if (effect.kind === 'merge') {
        station.log.set(effect.sequence, effect.entries.at(-1)!.seq);
        this.#obey(station, process.exchange.merged(effect.sequence, effect.entries.at(-1)!, this.atMs));
      } else if (effect.kind !== 'renew' && process.connectedStep !== undefined)
        station.up.push(effect.kind === 'ask' ? effect : this.#giving(station, effect));
    }
  }

  #giving(station: Station, { to, sequence, fromSeq, toSeq }: Extract<ExchangeEffect, { kind: 'give' }>): LogMessage {
    const entries = Array.from({ length: toSeq - fromSeq + 1 }, (_, index) => entryOf(sequence, fromSeq + index));
    return { kind: 'give', give: { from: station.own, to, sequence, entries } };
  }
}
