import type { AlarmDomainInfo } from '../../../shared/alarms/alarmDomains.ts';
import type { Subject } from '../../../shared/alarms/alarm.ts';
import type { Quantity } from '../../../shared/base/quantities.ts';
import type { Value } from '../../../shared/base/values.ts';
import type { Figure, RequestOutput, StreamMessage } from '../../../shared/contract/contract.ts';
import type { Detail, WorkItem } from '../../../shared/contract/historyRequests.ts';
import { encodeFrame } from '../../../shared/live/frame.ts';
import type { FrameKind } from '../../../shared/live/frame.ts';
import type { Handlers } from '../base/Handlers.ts';
import type { Registry } from '../registry/Registry.ts';
import type { Condition } from './kit/Condition.ts';
import type { Domain, DomainStream, FrameSource, Hit, LearningPlan, StreamSource } from './kit/Domain.ts';
import { noOffers } from './kit/Offers.ts';
import type { Offers } from './kit/Offers.ts';

type DomainSetOptions = {
  /** Called when a domain threw an exception. The domain is called again the next time; the others are not affected. */
  onFault?: (domainId: string, error: unknown) => void;
};

/** One message per stream of domains. */
export type StreamUpdate = { [S in DomainStream]: { stream: S; message: StreamMessage<S> } }[DomainStream];

/**
 * All domains of the county as one. An exception in one of them loses only what that domain would have returned at that
 * moment.
 */
export class DomainSet {
  readonly #all: readonly Domain[];
  readonly #onFault: (domainId: string, error: unknown) => void;
  readonly #frames = new Map<FrameKind, { id: string; source: FrameSource }>();
  readonly #streams = new Map<DomainStream, { id: string; source: StreamSource<DomainStream> }>();
  readonly offers: Offers;
  #seq = 0;
  #sinceMs = Number.NaN;

  constructor(all: readonly Domain[], { onFault = () => undefined }: DomainSetOptions = {}) {
    this.#all = all;
    this.#onFault = onFault;
    this.offers = Object.assign({}, noOffers, ...all.map(({ offers }) => offers)) as Offers;
    for (const { id, frames = {}, streams = {} } of all) {
      for (const [kind, source] of Object.entries(frames)) this.#frames.set(kind as FrameKind, { id, source });
      for (const [name, source] of Object.entries(streams)) this.#streams.set(name as DomainStream, { id, source });
    }
  }

  get alarmDomains(): readonly AlarmDomainInfo[] {
    return this.#all.flatMap(({ alarmDomains }) => alarmDomains);
  }

  /** The handlers of all domains together. */
  get requests(): Partial<Handlers> {
    return Object.assign({}, ...this.#all.map(({ requests }) => requests)) as Partial<Handlers>;
  }

  /** Hot: called for every value. */
  apply(value: Value, nowMs: number): void {
    for (const domain of this.#all) {
      try {
        domain.apply(value, nowMs);
      } catch (error) {
        this.#onFault(domain.id, error);
      }
    }
  }

  /** See `Domain.review`. Hot: called for every message. */
  review(values: readonly Value[]): readonly Value[] {
    let reviewed = values;
    for (const domain of this.#all) {
      try {
        if (domain.review !== undefined) reviewed = domain.review(reviewed);
      } catch (error) {
        this.#onFault(domain.id, error);
      }
    }
    return reviewed;
  }

  /** Since when the domains have been judged, NaN before the first time: silence is counted from here at most. */
  get sinceMs(): number {
    return this.#sinceMs;
  }

  judge(nowMs: number): Condition[] {
    // The first message of an accelerated county's clock may set the time back.
    if (!(this.#sinceMs <= nowMs)) this.#sinceMs = nowMs;
    return this.#ofEach((domain) => domain.judge(nowMs));
  }

  figures(nowMs: number): Figure[] {
    return this.#ofEach((domain) => domain.figures(nowMs));
  }

  indexedHits(): Hit[] {
    return this.#ofEach((domain) => domain.indexedHits?.() ?? []);
  }

  liveHits(): Hit[] {
    return this.#ofEach((domain) => domain.liveHits?.() ?? []);
  }

  workItems(): WorkItem[] {
    return this.#ofEach((domain) => domain.workItems?.() ?? []);
  }

  detail(subject: Subject, nowMs: number): Detail | undefined {
    return this.#ofEach((domain) => domain.detail(subject, nowMs) ?? [])[0];
  }

  forecast(deviceId: string, quantity: Quantity, nowMs: number): RequestOutput<'series.forecast'> | undefined {
    return this.#ofEach((domain) => domain.forecast?.(deviceId, quantity, nowMs) ?? [])[0];
  }

  /** The learning plans of all domains; each plan's values are applied to its own domain alone. */
  learningPlans(): { plan: LearningPlan; apply: Domain['apply']; seedReview: Domain['seedReview'] }[] {
    return this.#all.flatMap(({ learns = [], learn, apply, seedReview }) =>
      learns.map((plan) => ({ plan, apply: learn ?? apply, seedReview })),
    );
  }

  /** The facts of all domains that stand, one by one. */
  *standing(): Iterable<{ domain: string; record: unknown }> {
    for (const { id, standing } of this.#all)
      for (const record of standing?.records() ?? []) yield { domain: id, record };
  }

  restoreStanding(records: readonly { domain: string; record?: unknown }[]): void {
    for (const { id, standing } of this.#all) {
      const own = records.flatMap(({ domain, record }) => (domain === id ? [record] : []));
      this.#guarded(id, () => standing?.restore(own));
    }
  }

  replayStanding(value: Value, atMs: number): void {
    for (const { id, standing } of this.#all) this.#guarded(id, () => standing?.replay(value, atMs));
  }

  /** The scope to whose sums a device's samples are added. */
  sumsOf(deviceId: string, registry: Registry): string | undefined {
    const device = registry.device(deviceId);
    for (const { sumsOf } of this.#all) {
      const scope = sumsOf?.(deviceId, device);
      if (scope !== undefined) return scope;
    }
    return undefined;
  }

  /** The encoded rows that changed since the cursor; undefined when nothing changed. */
  frame(kind: FrameKind, cursor: number, nowMs: number): { bytes: ArrayBuffer; cursor: number } | undefined {
    const found = this.#frames.get(kind);
    const next = found && this.#guarded(found.id, () => found.source(cursor, nowMs));
    return next && { bytes: encodeFrame({ ...next.frame, seq: this.#seq++ }), cursor: next.cursor };
  }

  /** The whole content of a stream. */
  stream<S extends DomainStream>(name: S, nowMs: number): StreamMessage<S> | undefined {
    const found = this.#streams.get(name);
    return found && (this.#guarded(found.id, () => found.source(0, nowMs))?.message as StreamMessage<S> | undefined);
  }

  /** A reader of all streams; each call returns what changed since the call before. */
  readStreams(): (nowMs: number) => StreamUpdate[] {
    const cursors = new Map<DomainStream, number>();
    return (nowMs) =>
      [...this.#streams].flatMap(([stream, { id, source }]): StreamUpdate[] => {
        const next = this.#guarded(id, () => source(cursors.get(stream) ?? 0, nowMs));
        if (next === undefined) return [];
        cursors.set(stream, next.cursor);
        return [{ stream, message: next.message } as StreamUpdate];
      });
  }

  #ofEach<T>(ask: (domain: Domain) => T | readonly T[]): T[] {
    return this.#all.flatMap((domain) => this.#guarded(domain.id, () => ask(domain)) ?? []);
  }

  #guarded<T>(id: string, ask: () => T): T | undefined {
    try {
      return ask();
    } catch (error) {
      this.#onFault(id, error);
      return undefined;
    }
  }
}
