import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Figure, StreamMessage } from '../../../shared/contract/contract.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { AlarmLoads } from '../alarms/AlarmLoads.ts';
import type { AlarmPublisher } from '../alarms/AlarmPublisher.ts';
import { Emitter } from '../base/Emitter.ts';
import type { DomainSet } from '../domains/DomainSet.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import { systemConditions } from '../health/systemConditions.ts';
import type { Screens } from './Screens.ts';

const FRAME_MS = 100;
const TICK_MS = 1000;
const FIGURES_EVERY = 5;
const LOAD_EVERY = 5;

type LoopOptions = {
  domains: DomainSet;
  alarms: ActiveAlarms;
  alarmPublisher: AlarmPublisher;
  loads: AlarmLoads;
  screens: Screens;
  nowMs: () => CountyMs;
  vitals: () => StreamMessage<'vitals'>;
  /** Judges what needs attention in the work of people, not in the county. */
  judgeWork: (nowMs: number) => Condition[];
  /** Called with what a part of a cycle threw; the other parts go on. */
  onFault: (part: string, error: unknown) => void;
};

/**
 * Runs the engine's two cycles: frames at 10 Hz, and once per second the judgement of all domains, which becomes
 * alarms, figures and the pulse that screens wait for.
 */
export class EngineLoop {
  readonly #options: LoopOptions;
  readonly #readStreams: ReturnType<DomainSet['readStreams']>;
  readonly #ticked = new Emitter();
  readonly #judged = new Emitter();
  readonly #figures = new Emitter<readonly Figure[]>();
  readonly #vitals = new Emitter<StreamMessage<'vitals'>>();
  /** Happens once per second, before anything is judged. */
  readonly onTick = this.#ticked.on;
  /** Happens once per second, in a separate turn of the event loop, when the alarms are made. */
  readonly onJudged = this.#judged.on;
  readonly onFigures = this.#figures.on;
  readonly onVitals = this.#vitals.on;
  #timers: NodeJS.Timeout[] = [];
  #turn: NodeJS.Immediate | undefined;
  #ticks = 0;
  #toldLoad = '';

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#readStreams = options.domains.readStreams();
  }

  start(): void {
    this.#timers = [
      setInterval(() => this.#options.screens.pump(), FRAME_MS),
      setInterval(() => this.#tick(), TICK_MS),
    ];
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    clearImmediate(this.#turn);
  }

  #tick(): void {
    const { screens, nowMs } = this.#options;
    this.#guarded('engine', () => this.#ticked.emit());
    this.#guarded('screens', () => screens.review());
    const now = nowMs();
    const vitals = this.#guarded('vitals', () => this.#options.vitals());
    this.#guarded('alarms', () => this.#judge(now, vitals));
    this.#guarded('streams', () => {
      for (const { stream, message } of this.#readStreams(now)) screens.publish(stream, message);
    });
    if (vitals !== undefined) this.#guarded('vitals', () => this.#publishVitals(vitals));
    const isNth = (every: number): boolean => this.#ticks % every === 0;
    this.#inTurns([
      () => this.#guarded('proposals', () => this.#judged.emit()),
      ...(isNth(LOAD_EVERY) ? [() => this.#guarded('alarm load', () => this.#publishLoad(now))] : []),
      ...(isNth(FIGURES_EVERY) ? [() => this.#guarded('figures', () => this.#publishFigures(now))] : []),
    ]);
    this.#ticks++;
  }

  #judge(nowMs: number, vitals: StreamMessage<'vitals'> | undefined): void {
    const { domains, alarms, alarmPublisher, judgeWork } = this.#options;
    const ofSystem = vitals === undefined ? [] : systemConditions(vitals);
    alarms.update([...domains.judge(nowMs), ...ofSystem, ...judgeWork(nowMs)], nowMs);
    alarmPublisher.publish();
  }

  #publishVitals(vitals: StreamMessage<'vitals'>): void {
    this.#options.screens.publish('vitals', vitals);
    this.#vitals.emit(vitals);
  }

  #guarded<T>(part: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#options.onFault(part, error);
      return undefined;
    }
  }

  /** Runs each function in its own turn of the event loop, so that what has arrived meanwhile goes first. */
  #inTurns([first, ...rest]: readonly (() => void)[]): void {
    if (first === undefined) return;
    this.#turn = setImmediate(() => {
      first();
      this.#inTurns(rest);
    });
  }

  #publishFigures(nowMs: number): void {
    const figures = this.#options.domains.figures(nowMs);
    this.#options.screens.publish('figures', { figures });
    this.#figures.emit(figures);
  }

  #publishLoad(nowMs: number): void {
    const load = this.#options.loads.now(nowMs);
    const text = JSON.stringify(load);
    if (text !== this.#toldLoad) this.#options.screens.publish('alarmLoad', load);
    this.#toldLoad = text;
  }
}
