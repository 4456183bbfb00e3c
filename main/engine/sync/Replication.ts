import { randomBytes, randomInt } from 'node:crypto';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { DeskState } from '../../../shared/desk/deskState.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import { workstationOf } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import { Emitter } from '../base/Emitter.ts';
import { RequestError } from '../base/RequestError.ts';
import { admit } from './admit.ts';
import { describeDesk } from './describeDesk.ts';
import { Election } from './Election.ts';
import { epochReasons, lostText } from './epochReasons.ts';
import { ExchangeEffects } from './ExchangeEffects.ts';
import { FileExchange } from './FileExchange.ts';
import { JoinCodes } from './JoinCodes.ts';
import { KeyRenewal } from './KeyRenewal.ts';
import { Liveness } from './Liveness.ts';
import { LogExchange } from './LogExchange.ts';
import type { RenewReason } from './LogExchange.ts';
import { MessageIntake } from './MessageIntake.ts';
import { namedFiles } from './namedFiles.ts';
import { PeerLine } from './PeerLine.ts';
import type { DeskMessage } from './peerMessages.ts';
import { PutOutWatch } from './PutOutWatch.ts';
import { Readiness } from './Readiness.ts';
import { RefusedMessages } from './RefusedMessages.ts';
import type { ReplicationOptions } from './replicationOptions.ts';
import { Revocations } from './Revocations.ts';
import { refuseAtEnd } from './refuseAtEnd.ts';

const TICK_MS = 250;
const BEAT_MS = 1000;
/** Beats that follow own entries are debounced by this long. */
const SOON_MS = 50;
/** When the broker has shown nothing of what was sent for this long, the connection is dead, though it stands. */
const SILENT_MS = 6000;
/** After connecting, wait this long for what the broker keeps and for one beat of each peer. */
const LOOK_MS = 1500;
/** Entries that wait for what their author had seen are held until this long after the last entry came. */
const HOLD_MS = 10_000;
/** Without a broker nobody can be asked, so the wait ends after this long. */
const LOOK_AT_MOST_MS = 4000;
/**
 * A workstation that starts without being able to ask chooses its next epoch at random among this many, so that a copy
 * of it is unlikely to take the same one.
 */
const EPOCH_JUMP = 1000;

/**
 * Replicates the log between the workstations of a desk: binds log, exchange, election and joining to the broker. What
 * people do here is written to the log first and then goes out; what others did is verified and merged. Without a
 * broker everything goes on, except what only one of all workstations may do.
 */
export class Replication {
  readonly #options: ReplicationOptions;
  readonly #instance = randomBytes(8).toString('hex');
  readonly #bornAtMs: number;
  readonly #line: PeerLine;
  readonly #codes = new JoinCodes();
  readonly #refused = new RefusedMessages();
  readonly #liveness: Liveness;
  readonly #readiness = new Readiness();
  readonly #files: FileExchange;
  readonly #keys: KeyRenewal;
  readonly #revocations: Revocations;
  readonly #putOut: PutOutWatch;
  readonly #effects: ExchangeEffects;
  readonly #intake: MessageIntake;
  readonly #looked = Promise.withResolvers<boolean>();
  readonly #states = new Emitter<DeskState>();
  /** Called at each change of what screens show. */
  readonly onState = this.#states.on;
  #own: string;
  #exchange: LogExchange | undefined;
  #election: Election;
  #beat = 0;
  #beatSentMs = Number.NEGATIVE_INFINITY;
  #echoedMs = 0;
  /** When an entry last came into the log. */
  #storedMs = Number.NEGATIVE_INFINITY;
  #connectedMs: number | undefined;
  #hasLooked = false;
  /** The log is empty, as after joining: it is filled from the others before anything is written here. */
  #isFresh = false;
  #soon: NodeJS.Timeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  #shown = '';

  /** Must be constructed before the log is loaded. */
  constructor(options: ReplicationOptions) {
    const { workstation, membership, broker, nowMs, say } = options;
    this.#options = options;
    this.#bornAtMs = nowMs();
    this.#liveness = new Liveness(this.#instance, options.acknowledging);
    this.#own = `${workstation.id}.1`;
    this.#election = new Election(this.#own);
    options.log.onStored((entries) => this.#stored(entries));
    options.log.onVoid((entries) => {
      for (const { sequence } of entries) this.#refused.note(workstationOf(sequence), 'role', nowMs());
    });
    options.log.judge.isFounder = (id) => membership.isFounder(id);
    options.log.onEntries((entries) => this.#counted(entries));
    this.#files = this.#createFiles();
    this.#keys = new KeyRenewal({
      log: options.log,
      keys: options.keys,
      membership,
      own: workstation.id,
      onFault: (error) => say('error', `The desk's key could not be renewed: ${String(error)}`),
    });
    this.#line = new PeerLine({
      ...broker,
      nowMs,
      log: say,
      clientId: `${workstation.id}-${this.#instance}`,
      deskId: membership.deskId,
      workstationId: workstation.id,
      privateKey: workstation.privateKey,
      own: () => this.#own,
      sender: (id) => {
        const member = membership.member(id);
        return member && { publicKey: member.publicKey, isRevoked: member.upTo !== undefined };
      },
      others: () => membership.others(workstation.id),
      onMessage: (message, isRetained) => this.#intake.take(message, isRetained),
      onJoinAsk: (topic, payload) =>
        void this.#admit(topic, payload).catch((error: unknown) =>
          say('error', `A workstation could not be let in: ${String(error)}`),
        ),
      onRefused: (from, reason) => this.#refused.note(from, reason, nowMs()),
      onRevokedHeard: (sequence) => this.#putOut.inform(sequence),
      onRefusal: options.onRefusal,
      onConnected: () => this.#connected(),
      onLost: () => this.#lost(),
    });
    this.#revocations = new Revocations(options, this.#keys);
    this.#putOut = this.#createPutOutWatch();
    this.#effects = new ExchangeEffects(options, {
      line: this.#line,
      refused: this.#refused,
      own: () => this.#own,
      exchange: () => this.#exchange,
      renew: (reason) => this.#renew(reason),
    });
    this.#intake = this.#createIntake();
  }

  /**
   * Resolves true when entries may be written here: it is known how far others have the sequences of this workstation,
   * and after joining the whole log of the desk is here. Resolves false where the engine stops before.
   */
  get ready(): Promise<boolean> {
    return this.#looked.promise;
  }

  /** Whether this workstation may do now what only one of all may do. */
  isLeader = (): boolean => this.#election.isLeading(this.#options.monotonicMs());

  /** Must be called when the log is loaded. */
  async start(): Promise<void> {
    const { log, membership, workstation, monotonicMs } = this.#options;
    const { own, heads } = await log.heads();
    this.#own = own;
    this.#isFresh = Object.keys(heads).length === 0 && !membership.isAlone(workstation.id);
    this.#election = new Election(own);
    this.#exchange = new LogExchange({
      own,
      instance: this.#instance,
      bornAtMs: this.#bornAtMs,
      heads: new Map(Object.entries(heads)),
      lastCounted: (sequence) => membership.lastCounted(sequence),
    });
    if (membership.isAlone(workstation.id)) this.#looked.resolve(true);
    else log.holdUntil(this.#looked.promise.then(refuseAtEnd));
    const startedMs = monotonicMs();
    this.#line.start();
    this.#timer = setInterval(
      () =>
        void this.#tick(startedMs).catch((error: unknown) =>
          this.#options.say('error', `The desk stumbled: ${String(error)}`),
        ),
      TICK_MS,
    );
    if (
      !membership.hasFounding() &&
      membership.member(workstation.id) !== undefined &&
      membership.isAlone(workstation.id)
    ) {
      await log.perform(beaconPerson, { kind: 'desk.founded', deskId: membership.deskId, workstation: this.#self() });
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
    this.#looked.resolve(false);
    // The beat that the broker keeps is the last one: if an older data folder takes the place of this one, it is
    // recognised by that beat.
    if (this.#soon !== undefined) this.#sendBeat();
    await this.#line.stop();
  }

  /** Makes a code by which one workstation may join within ten minutes. */
  makeCode(author: Person): { code: string; expiresAtMs: number } {
    const { code, expiresAtMs } = this.#codes.make(author, this.#options.nowMs());
    return { code, expiresAtMs };
  }

  /** Revokes a workstation. Rejects with a RequestError: notFound, or refused for this workstation itself. */
  revoke = (author: Person, workstationId: string, reason: string): Promise<void> =>
    this.#revocations.revoke(author, workstationId, reason);

  /**
   * Fetches a file that the log names. Rejects with a RequestError: notFound, or unavailable with the place where it
   * is.
   */
  async fetchFile(hash: string): Promise<void> {
    const { membership } = this.#options;
    const holder = this.#files.holderOf(hash);
    if (holder === undefined) throw new RequestError('notFound', 'The log names no such file.');
    if (!(await this.#files.fetch(hash)))
      throw new RequestError(
        'unavailable',
        `This file is still at ${membership.nameOf(holder)}, and no workstation that is connected has it.`,
      );
  }

  state(): DeskState {
    const { membership, workstation, monotonicMs } = this.#options;
    const nowMs = monotonicMs();
    return describeDesk({
      membership,
      nowMs,
      ownId: workstation.id,
      peers: this.#exchange?.peers() ?? new Map(),
      heads: this.#exchange?.heads() ?? {},
      heardAtMs: this.#intake.heardAtMs,
      clockOffMs: this.#intake.clockOffMs,
      leader: this.#election.leader(nowMs),
      awaited: this.#files.awaited(),
      rest: {
        isConnected: this.#line.isConnected,
        missing: this.#exchange?.missing() ?? 0,
        isLeading: this.isLeader(),
        term: this.#election.term,
        refused: this.#refused.all(),
        refusedTopics: this.refusedTopics(),
        hasTwin: this.#hasTwin(nowMs),
        ...(this.#putOut.putOut !== undefined && { putOut: this.#putOut.putOut }),
      },
    });
  }

  /** Returns the topics of the desk that the broker does not let this workstation use. */
  refusedTopics(): TopicRefusal[] {
    return this.#line.refusedTopics();
  }

  #createFiles(): FileExchange {
    const { shelves, keys, membership, nowMs, monotonicMs, say } = this.#options;
    return new FileExchange({
      shelves,
      seal: keys,
      monotonicMs,
      own: () => this.#own,
      peers: () =>
        this.#exchange
          ?.alive(monotonicMs())
          .filter((peer) => membership.member(workstationOf(peer))?.upTo === undefined) ?? [],
      send: (message) => this.#line.send(message),
      onWrong: (from) => this.#refused.note(from, 'file', nowMs()),
      onFault: (error) => say('error', `A file of another workstation could not be kept: ${String(error)}`),
    });
  }

  #createPutOutWatch(): PutOutWatch {
    const { membership, workstation, monotonicMs, onPutOut, putOut: known } = this.#options;
    const line = { own: () => this.#own, send: (message: DeskMessage) => this.#line.send(message) };
    return new PutOutWatch({ membership, ownId: workstation.id, ...line, known, onPutOut, monotonicMs });
  }

  #createIntake(): MessageIntake {
    return new MessageIntake(this.#options, {
      instance: this.#instance,
      bornAtMs: this.#bornAtMs,
      own: () => this.#own,
      exchange: () => this.#exchange,
      election: () => this.#election,
      liveness: this.#liveness,
      refused: this.#refused,
      hasLooked: () => this.#hasLooked,
      files: this.#files,
      onGiven: (entries) => this.#putOut.take(entries),
      obey: this.#effects.run,
      onEcho: (atMs) => (this.#echoedMs = atMs),
    });
  }

  #self(): { id: string; name: string; publicKey: string } {
    const { id, name, publicKey } = this.#options.workstation;
    return { id, name, publicKey };
  }

  #connected(): void {
    const atMs = this.#options.monotonicMs();
    this.#connectedMs = this.#echoedMs = atMs;
    this.#election.connected(atMs);
    this.#liveness.connected();
    // The first beat goes out with the next tick: by then what the broker keeps is here, and the beat can acknowledge
    // it.
    this.#beatSentMs = Number.NEGATIVE_INFINITY;
  }

  #lost(): void {
    this.#connectedMs = undefined;
    this.#election.lost();
    this.#exchange?.lost();
  }

  /** Takes entries that count from now on. */
  #counted(entries: readonly LogEntry[]): void {
    const { membership } = this.#options;
    const before = membership.trust;
    if (membership.take(entries) && this.#exchange !== undefined) this.#revocations.note(before);
    this.#files.name(namedFiles(entries));
    this.#keys.take(entries);
    this.#putOut.take(entries);
  }

  /** Takes entries that are stored: own ones go out, and the exchange learns how far each sequence goes. */
  #stored(entries: readonly LogEntry[]): void {
    const { membership, nowMs, monotonicMs } = this.#options;
    const before = membership.trust;
    if (membership.note(entries, nowMs()) && this.#exchange !== undefined) this.#revocations.note(before);
    this.#storedMs = monotonicMs();
    const exchange = this.#exchange;
    if (exchange === undefined) return;
    const own = entries.filter(({ sequence }) => sequence === this.#own);
    if (own.length > 0) {
      this.#line.send({ kind: 'events', entries: own });
      this.#soon ??= setTimeout(() => {
        this.#soon = undefined;
        this.#sendBeat();
      }, SOON_MS);
    }
    for (const last of new Map(entries.map((entry) => [entry.sequence, entry])).values())
      this.#effects.run(exchange.merged(last.sequence, last, monotonicMs()));
  }

  async #renew(reason: RenewReason | 'unasked'): Promise<void> {
    const { log, onNotice, monotonicMs } = this.#options;
    const before = this.#own;
    const highest = this.#exchange?.highestEpoch() ?? 1;
    const begun = await log.beginEpoch(
      epochReasons[reason],
      highest + (reason === 'unasked' ? 1 + randomInt(EPOCH_JUMP) : 1),
    );
    this.#own = begun.sequence;
    this.#exchange?.renewed(begun.sequence);
    this.#election = new Election(begun.sequence);
    if (this.#connectedMs !== undefined) this.#election.connected(monotonicMs());
    if (reason === 'restored') this.#line.clearHead(before);
    this.#line.send({ kind: 'events', entries: [begun] });
    this.#sendBeat();
    onNotice({
      level: reason === 'unasked' ? 'info' : 'warning',
      text: `${epochReasons[reason]} What is written here goes on as ${begun.sequence}.`,
    });
  }

  #sendBeat(): void {
    const { workstation, membership, nowMs, monotonicMs } = this.#options;
    // No beat is sent before it is known whether another instance writes this sequence, because a beat would seem to
    // replace that instance.
    if (!this.#line.isConnected || this.#exchange === undefined || !this.#hasLooked) return;
    const { standing, term } = this.#election;
    this.#beatSentMs = monotonicMs();
    this.#election.sent(++this.#beat, this.#beatSentMs);
    this.#liveness.sent(this.#beat, this.#beatSentMs);
    this.#line.send({
      kind: 'beat',
      beat: {
        from: this.#own,
        name: membership.nameOf(workstation.id),
        instance: this.#instance,
        bornAtMs: this.#bornAtMs,
        engine: this.#options.engineId,
        beat: this.#beat,
        atMs: nowMs(),
        heads: this.#exchange.heads(),
        term,
        standing,
        acts: [],
        heard: this.#liveness.heard(),
      },
    });
  }

  async #tick(startedMs: number): Promise<void> {
    const { membership, workstation, monotonicMs } = this.#options;
    const atMs = monotonicMs();
    await this.#look(atMs, startedMs);
    if (this.#connectedMs !== undefined && this.#hasLooked && atMs - this.#echoedMs > SILENT_MS) {
      this.#echoedMs = atMs;
      this.#line.hangUp();
    }
    this.#forgetEarlier(atMs);
    this.#effects.run(this.#exchange?.tick(atMs) ?? []);
    if (this.#hasLooked) {
      this.#files.tick();
      void this.#keys.tick(atMs, this.isLeader());
    }
    this.#release(atMs);
    const hasAll = this.#readiness.tick(atMs, this.#exchange?.obtainable(atMs) ?? 0);
    const isReady = this.#hasLooked && hasAll && membership.member(workstation.id)?.upTo === undefined;
    const isAlone = membership.isAlone(workstation.id) && !this.#hasTwin(atMs);
    const isChanged = this.#election.tick(atMs, isReady, isAlone);
    if (isChanged || atMs - this.#beatSentMs >= BEAT_MS - TICK_MS / 2) this.#sendBeat();
    const state = this.state();
    const text = JSON.stringify({
      ...state,
      workstations: state.workstations.map(({ heardAtMs: _heard, clockOffMs: _off, ...rest }) => rest),
    });
    if (text === this.#shown) return;
    this.#shown = text;
    this.#states.emit(state);
  }

  /**
   * After 10 s without progress, deliver held entries whose missing predecessors no connected workstation can supply,
   * or whose missing predecessors do not count. They are judged by what is here.
   */
  #release(atMs: number): void {
    const { log, membership } = this.#options;
    if (!log.isHolding || atMs - this.#storedMs < HOLD_MS) return;
    log.release(
      (sequence, seq) =>
        seq <= membership.lastCounted(sequence) && this.#exchange?.isObtainable(sequence, seq, atMs) === true,
    );
  }

  /**
   * Lets nothing be written before it is known, as far as possible, that this data folder is the newest of this
   * workstation.
   */
  async #look(atMs: number, startedMs: number): Promise<void> {
    if (this.#hasLooked) return;
    const isAlone = this.#options.membership.isAlone(this.#options.workstation.id);
    const hasHeard = this.#connectedMs !== undefined && atMs - this.#connectedMs >= LOOK_MS;
    if (this.#isFresh) {
      if (!hasHeard || this.#exchange?.isCaughtUp(atMs) !== true) return;
    } else if (!hasHeard && atMs - startedMs < LOOK_AT_MOST_MS) return;
    this.#hasLooked = true;
    if (!hasHeard && !isAlone) await this.#renew('unasked');
    this.#looked.resolve(true);
  }

  #hasTwin = (atMs: number): boolean => (this.#exchange?.twins(atMs) ?? []).length > 0;

  /**
   * Removes what the broker keeps of sequences that this workstation wrote before, as before a restoration: nobody
   * writes them, and they would seem to be entries that are still to come.
   */
  #forgetEarlier(atMs: number): void {
    if (this.#connectedMs === undefined || atMs - this.#connectedMs < LOOK_MS) return;
    for (const { sequence, lost } of this.#exchange?.forgetEarlier(atMs) ?? []) {
      this.#line.clearHead(sequence);
      if (lost > 0) this.#options.onNotice({ level: 'warning', text: lostText(lost) });
    }
  }

  async #admit(topic: string, payload: Buffer): Promise<void> {
    const answer = await admit(topic, payload, { ...this.#options, codes: this.#codes, refused: this.#refused });
    if (answer !== undefined) this.#line.answerJoin(topic, answer);
  }
}
