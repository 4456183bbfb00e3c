import type { CountyMs, MonotonicMs } from '../../../shared/base/clock.ts';
import { DAY_MS } from '../../../shared/base/durations.ts';
import { MessageBudget } from '../../../shared/base/MessageBudget.ts';
import { withoutHidden } from '../../../shared/base/plainText.ts';
import type { CitizenReport } from '../../../shared/base/values.ts';
import { hasService } from '../../../shared/citizens/services.ts';
import { isClosed, MOST_ADDRESS, MOST_WORDS } from '../../../shared/citizens/serviceRequest.ts';
import type { ServiceRequest } from '../../../shared/citizens/serviceRequest.ts';
import { similarRequests } from '../../../shared/citizens/similarRequests.ts';
import type { ReportedPlace } from '../../../shared/citizens/similarRequests.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import { foldServiceRequest, isRequestEntry, mayMark, mayReopen } from '../../../shared/folds/foldServiceRequest.ts';
import type { FoldedRequest, RequestEntry } from '../../../shared/folds/foldServiceRequest.ts';
import { beaconPerson } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import { entryId } from '../../../shared/record/logEntry.ts';
import type { LogEntry } from '../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../shared/record/recordEvent.ts';
import { Emitter } from '../base/Emitter.ts';
import { RequestError } from '../base/RequestError.ts';
import type { EventLog } from '../log/EventLog.ts';
import { hashOfSecret, makeSecret } from '../people/secret.ts';
import { drawRequestNumber, requestNumberOf } from './requestNumber.ts';

type Received = Extract<RecordEvent, { kind: 'serviceRequest.received' }>;
/** What a citizen wrote. */
export type Words = Omit<Received, 'kind' | 'number' | 'channel' | 'keyHash' | 'keyId' | 'reportId'>;

type ServiceRequestsOptions = {
  log: Pick<EventLog, 'onEntries' | 'perform'>;
  nowMs: () => CountyMs;
  monotonicMs: () => MonotonicMs;
};

/** Closed requests that screens are given; all of them stay in the log. */
const MOST_CLOSED_SHOWN = 500;
/** What citizens may write into the log, which never shrinks, per second and at once. */
const CITIZENS = { perSecond: 1, atOnce: 120 };
/** Reports of other systems can be invented by anybody who may publish; beyond this they stay reports. */
const REPORTS = { perSecond: 0.1, atOnce: 30 };
const REPORT_AGE_MS = DAY_MS;

const refuse = (reason: string): never => {
  throw new RequestError('refused', reason);
};

/**
 * What citizens ask for: a projection of the log, and what citizens and the control room do with it. Everything is
 * checked, written to the log, and resolves when it is durable there, one after the other.
 */
export class ServiceRequests {
  readonly #options: ServiceRequestsOptions;
  readonly #entries = new Map<string, Map<string, RequestEntry>>();
  readonly #all = new Map<string, FoldedRequest>();
  readonly #changed = new Emitter<readonly FoldedRequest[]>();
  readonly #received = new Emitter<FoldedRequest>();
  readonly #citizens: MessageBudget;
  readonly #reports: MessageBudget;
  #queue: Promise<unknown> = Promise.resolve();

  /** Called with the requests that changed, after each change. */
  readonly onChange = this.#changed.on;
  /** Called with each request that citizens made themselves, also when the log is loaded. */
  readonly onReceived = this.#received.on;

  /** Takes the entries that the log publishes from now on, so it must be made before the log is loaded. */
  constructor(options: ServiceRequestsOptions) {
    this.#options = options;
    const nowMs = options.monotonicMs();
    this.#citizens = new MessageBudget(CITIZENS.perSecond, CITIZENS.atOnce, nowMs);
    this.#reports = new MessageBudget(REPORTS.perSecond, REPORTS.atOnce, nowMs);
    options.log.onEntries((entries) => this.#take(entries));
  }

  all(): Iterable<FoldedRequest> {
    return this.#all.values();
  }

  get(number: string): FoldedRequest | undefined {
    return this.#all.get(number);
  }

  /** All open requests and the newest closed ones, newest first. */
  shown(): ServiceRequest[] {
    const newestFirst = [...this.#all.values()].sort((a, b) => b.receivedAtMs - a.receivedAtMs);
    let closed = 0;
    return newestFirst.filter(({ state }) => !isClosed(state) || ++closed <= MOST_CLOSED_SHOWN).map(forScreens);
  }

  /** Requests that are probably about the same thing as a report that is about to be sent. */
  similar(place: Omit<ReportedPlace, 'atMs'>): FoldedRequest[] {
    return similarRequests(this.#all.values(), { ...place, atMs: this.#options.nowMs() });
  }

  /**
   * Takes a request. When this resolves it is in the log under its number; the key is the secret of the reporter.
   * Rejects with a RequestError.
   */
  receive(
    words: Words,
    channel: 'web' | 'open311',
    keyId: string | undefined,
  ): Promise<{ number: string; key: string }> {
    return this.#inTurn(async () => {
      if (!hasService(words.serviceCode)) throw new RequestError('notFound', 'There is no such service.');
      this.#spend();
      const key = makeSecret();
      const number = this.#freeNumber();
      await this.#write({
        kind: 'serviceRequest.received',
        number,
        ...words,
        channel,
        keyHash: hashOfSecret(key),
        ...(keyId !== undefined && { keyId }),
      });
      return { number, key };
    });
  }

  /** Makes a request of a report that came from another system, as far as there is room for it. */
  async noteReport(report: CitizenReport): Promise<void> {
    const number = requestNumberOf(report.reportId);
    const isOld = this.#options.nowMs() - report.atMs > REPORT_AGE_MS;
    if (isOld || this.#all.has(number) || !this.#reports.take(0, this.#options.monotonicMs())) return;
    const { category, text, lon, lat, address, reportId } = report;
    await this.#inTurn(async () => {
      if (this.#all.has(number)) return;
      await this.#write({
        kind: 'serviceRequest.received',
        number,
        serviceCode: hasService(category) ? category : 'other',
        text: withoutHidden(text).slice(0, MOST_WORDS),
        language: 'en',
        channel: 'mqtt',
        reportId,
        ...(address !== undefined && { address: withoutHidden(address).slice(0, MOST_ADDRESS) }),
        ...(lon !== undefined && lat !== undefined && { lon, lat }),
      });
    });
  }

  follow(number: string): Promise<void> {
    return this.#inTurn(async () => {
      if (isClosed(this.#known(number).state)) refuse('This request is closed.');
      this.#spend();
      await this.#write({ kind: 'serviceRequest.followed', number });
    });
  }

  /** The request whose reporter has this key. Throws a RequestError for any other. */
  own(number: string, key: string): FoldedRequest {
    const request = this.#all.get(number);
    if (request?.keyHash === undefined || request.keyHash !== hashOfSecret(key))
      return refuse('The link does not belong to this request.');
    return request;
  }

  /** The reporter says whether it is fixed. */
  judge(number: string, key: string, isFixed: boolean, text: string | undefined): Promise<void> {
    return this.#inTurn(async () => {
      const request = this.own(number, key);
      if (!mayReopen(request, this.#options.nowMs())) refuse('This request cannot be reopened now.');
      this.#spend();
      await this.#write({ kind: 'serviceRequest.judged', number, isFixed, ...(text !== undefined && { text }) });
    });
  }

  /** The reporter gives the service a mark. */
  mark(number: string, key: string, mark: number, text: string | undefined): Promise<void> {
    return this.#inTurn(async () => {
      if (!mayMark(this.own(number, key))) refuse('This request has not been closed.');
      this.#spend();
      await this.#write({ kind: 'serviceRequest.marked', number, mark, ...(text !== undefined && { text }) });
    });
  }

  answer(author: Person, input: RequestInput<'serviceRequest.answer'>): Promise<void> {
    return this.#inTurn(async () => {
      const { number, state, reason, into } = input;
      this.#known(number);
      if ((state === 'merged') !== (into !== undefined)) refuse('A merged request names the one that stands for it.');
      if (into !== undefined && (into === number || this.#known(into).mergedInto !== undefined))
        refuse('It cannot be merged into that request.');
      await this.#options.log.perform(author, {
        kind: 'serviceRequest.answered',
        number,
        state,
        reason,
        ...(into !== undefined && { into }),
      });
    });
  }

  link(author: Person, { number, incidentId }: RequestInput<'serviceRequest.link'>): Promise<void> {
    return this.#inTurn(async () => {
      this.#known(number);
      await this.#options.log.perform(author, { kind: 'serviceRequest.linked', number, incidentId });
    });
  }

  release(author: Person, { number, text }: RequestInput<'serviceRequest.release'>): Promise<void> {
    return this.#inTurn(async () => {
      this.#known(number);
      await this.#options.log.perform(author, { kind: 'serviceRequest.released', number, text });
    });
  }

  #known(number: string): FoldedRequest {
    const request = this.#all.get(number);
    if (request === undefined) throw new RequestError('notFound', `There is no request ${number}.`);
    return request;
  }

  #freeNumber(): string {
    for (;;) {
      const number = drawRequestNumber();
      if (!this.#all.has(number)) return number;
    }
  }

  #spend(): void {
    if (!this.#citizens.take(0, this.#options.monotonicMs()))
      throw new RequestError('unavailable', 'Too much comes in at this moment. Try again in a minute.');
  }

  #write(event: RecordEvent): Promise<LogEntry> {
    return this.#options.log.perform(beaconPerson, event);
  }

  #take(entries: readonly LogEntry[]): void {
    const touched = new Set<string>();
    const fresh: string[] = [];
    for (const entry of entries) {
      if (!isRequestEntry(entry)) continue;
      const { number } = entry.event;
      const known = this.#entries.get(number) ?? new Map<string, RequestEntry>();
      this.#entries.set(number, known.set(entryId(entry), entry));
      touched.add(number);
      if (entry.event.kind === 'serviceRequest.received' && entry.event.channel !== 'mqtt') fresh.push(number);
    }
    const changed = [...touched].flatMap((number) => {
      const request = foldServiceRequest(this.#entries.get(number)?.values() ?? []);
      if (request !== undefined) this.#all.set(number, request);
      return request ?? [];
    });
    if (changed.length > 0) this.#changed.emit(changed);
    for (const number of fresh) {
      const request = this.#all.get(number);
      if (request !== undefined) this.#received.emit(request);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }
}

/** A request without what only the engine needs. */
export const forScreens = ({ keyHash: _keyHash, keyId: _keyId, ...request }: FoldedRequest): ServiceRequest => request;
