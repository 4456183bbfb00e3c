import type { AlarmDomainInfo } from '../../../../shared/alarms/alarmDomains.ts';
import type { Subject } from '../../../../shared/alarms/alarm.ts';
import type { Quantity } from '../../../../shared/base/quantities.ts';
import type { Value } from '../../../../shared/base/values.ts';
import type { Figure, PastStream, RequestOutput, StreamMessage } from '../../../../shared/contract/contract.ts';
import type { Detail, WorkItem } from '../../../../shared/contract/historyRequests.ts';
import type { Frame, FrameKind } from '../../../../shared/live/frame.ts';
import type { Handlers } from '../../base/Handlers.ts';
import type { RegisteredDevice } from '../../registry/Registry.ts';
import type { Condition } from './Condition.ts';
import type { Offers } from './Offers.ts';

/**
 * The streams of the county's picture that domains publish; the other past streams are built from all domains together.
 */
export type DomainStream = Exclude<PastStream, 'figures' | 'alarmsThen'>;

/**
 * Returns what changed since a reader's cursor (0: everything), with the cursor for its next call, or undefined when
 * nothing changed. Each of many readers has a cursor of its own.
 */
type Changes<T> = (cursor: number, nowMs: number) => (T & { cursor: number }) | undefined;

export type FrameSource = Changes<{ frame: Omit<Frame, 'seq'> }>;
/** A source never returns undefined for the cursor 0. */
export type StreamSource<S extends DomainStream> = Changes<{ message: StreamMessage<S> }>;

/** One result of a search, as the screen shows it. */
export type Hit = RequestOutput<'search'>['hits'][number];

/** Stored history that a domain wants to learn after a start, thinned to one sample per `stepMs`. */
export type LearningPlan = {
  /** Whether the domain learns from a series; `device` is the device's entry in the county's registers. */
  wants: (quantity: Quantity, device: RegisteredDevice | undefined) => boolean;
  days: number;
  stepMs: number;
  /**
   * Whether a county of the past learns it, too: what is usual, and what the domain has to know of the days before the
   * picture, such as how long a meter's register has stood still.
   */
  isForPast: boolean;
};

/**
 * One subject of the county (traffic, transit, water and electricity …) as a whole: it holds the present state, judges
 * it, and gives the screen its rows, streams, figures and answers. Everything outside iterates over the domains and
 * names none of them. A domain is pure except for its own memory: time comes in as arguments, and nothing goes out
 * except through these functions.
 */
export type Domain = {
  /** Short and stable; names the domain in the log and on the screen when it fails. */
  id: string;
  /** The alarm domains of its rules. */
  alarmDomains: readonly AlarmDomainInfo[];
  /**
   * Takes a value into the present state; values of kinds that are not its own are ignored. A value older than the
   * present one, or ahead of the clock by more than five minutes, changes history (baselines) at most, never the
   * present. Hot: called for every value.
   */
  apply: (value: Value, nowMs: number) => void;
  /** Takes a value from the store, of before the start: it teaches what is usual and where registers stand. */
  learn?: (value: Value, nowMs: number) => void;
  /**
   * The verdict on the values of one message, made before the store, the sums and the present state see them: values
   * with another quality, and earlier ones about which these values change the verdict. Hot: called for every message.
   */
  review?: (values: readonly Value[]) => readonly Value[];
  /** Takes a value from the store, of before the start, to compare the next with; nothing is reviewed in replays. */
  seedReview?: (value: Value) => void;
  /** Called once per second: ages the state and judges it. Returns all conditions that hold now. */
  judge: (nowMs: number) => Condition[];
  /** The rows of its frames. */
  frames?: { readonly [K in FrameKind]?: FrameSource };
  /** Its JSON streams. */
  streams?: { readonly [S in DomainStream]?: StreamSource<S> };
  figures: (nowMs: number) => Figure[];
  /**
   * The details page of a subject of this domain; undefined where the subject belongs to another domain or is not
   * known.
   */
  detail: (subject: Subject, nowMs: number) => Detail | undefined;
  /** The expected values of a series in the time to come; undefined where it forecasts none. */
  forecast?: (deviceId: string, quantity: Quantity, nowMs: number) => RequestOutput<'series.forecast'> | undefined;
  /**
   * Search results from the county's files, which the search index takes once; what people look for most comes first.
   */
  indexedHits?: () => Hit[];
  /** Search results that come and go, requested at each search. */
  liveHits?: () => Hit[];
  /** What is to be done at its devices and calls no operator, the most serious first. */
  workItems?: () => WorkItem[];
  learns?: readonly LearningPlan[];
  /** The facts that stand until something ends them; they are carried over a restart. */
  standing?: {
    /** Plain objects that JSON takes, made one by one as they are taken. */
    records: () => Iterable<unknown>;
    /** Takes what the last run had; what cannot be read is left out. */
    restore: (records: readonly unknown[]) => void;
    /** Takes a stored value at its own time, which may be one that the records know already. */
    replay: (value: Value, atMs: number) => void;
  };
  /** The scope (`zone:…`, `link:…`, `route:…`) to whose sums per quarter of an hour a device's samples are added. */
  sumsOf?: (deviceId: string, device: RegisteredDevice | undefined) => string | undefined;
  /** Its answers to requests of the contract. */
  requests?: Partial<Handlers>;
  /** What it knows that other parts of the engine need. */
  offers?: Partial<Offers>;
};
