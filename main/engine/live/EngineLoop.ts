import type { Figure, StreamMessage } from '../../../shared/contract/contract.ts';
import type { ActiveAlarms } from '../alarms/ActiveAlarms.ts';
import type { Condition } from '../domains/kit/Condition.ts';
import type { AlarmLoads } from '../alarms/AlarmLoads.ts';
import type { Domains } from '../domains/createDomains.ts';
import { systemConditions } from '../health/systemConditions.ts';
import type { Screens } from './Screens.ts';

const FRAME_MS = 100;
const TICK_MS = 1000;
const FIGURES_EVERY = 5;
const LOAD_EVERY = 5;

type LoopOptions = {
  domains: Domains;
  alarms: ActiveAlarms;
  loads: AlarmLoads;
  screens: Screens;
  nowMs: () => number;
  vitals: () => StreamMessage<'vitals'>;
  tickStats: () => void;
  /** What is made of the alarms as they are now. */
  reviewProposals: () => void;
  /** What people's work, not the county, is in need of. */
  judgeRoom: (nowMs: number) => Condition[];
  onAlarmsChanged: () => void;
  onFigures: (figures: readonly Figure[]) => void;
  onVitals: (vitals: StreamMessage<'vitals'>) => void;
};

/**
 * The engine's two beats: frames at 10 Hz, and once a second the judgement of all domains, which becomes alarms,
 * figures and the pulse that screens wait for.
 */
export class EngineLoop {
  readonly #options: LoopOptions;
  #timers: NodeJS.Timeout[] = [];
  #soon: NodeJS.Immediate | undefined;
  #turn: NodeJS.Immediate | undefined;
  #ticks = 0;
  #toldLoad = '';
  #cursors = { vehicles: 0, units: 0, reports: 0 };

  constructor(options: LoopOptions) {
    this.#options = options;
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

  /**
   * Sends out what changed in the alarms when all that has come by now is taken: hundreds may be acknowledged at once.
   */
  publishAlarmsSoon(): void {
    this.#soon ??= setImmediate(() => {
      this.#soon = undefined;
      this.publishAlarms();
    });
  }

  /** Sends out at once what changed in the alarms. */
  publishAlarms(): void {
    const change = this.#options.alarms.takeChanges();
    if (change === undefined) return;
    this.#options.screens.publish('alarms', { isFull: false, ...change });
    this.#options.onAlarmsChanged();
  }

  #tick(): void {
    const { domains, alarms, screens, nowMs, tickStats, judgeRoom } = this.#options;
    tickStats();
    screens.review();
    const vitals = this.#options.vitals();
    const now = nowMs();
    alarms.update(
      [...domains.all.flatMap((domain) => domain.judge(now)), ...systemConditions(vitals), ...judgeRoom(now)],
      now,
    );
    this.publishAlarms();
    this.#publishRosters();
    screens.publish('vitals', vitals);
    this.#options.onVitals(vitals);
    const isNth = (every: number): boolean => this.#ticks % every === 0;
    this.#inTurns([
      () => this.#options.reviewProposals(),
      ...(isNth(LOAD_EVERY) ? [() => this.#publishLoad(now)] : []),
      ...(isNth(FIGURES_EVERY) ? [() => this.#publishFigures(now)] : []),
    ]);
    this.#ticks++;
  }

  /** Each in a turn of the loop of its own, so that what has come meanwhile goes first. */
  #inTurns([first, ...rest]: readonly (() => void)[]): void {
    if (first === undefined) return;
    this.#turn = setImmediate(() => {
      first();
      this.#inTurns(rest);
    });
  }

  #publishFigures(nowMs: number): void {
    const figures = this.#options.domains.all.flatMap((domain) => domain.figures(nowMs));
    this.#options.screens.publish('figures', { figures });
    this.#options.onFigures(figures);
  }

  #publishLoad(nowMs: number): void {
    const load = this.#options.loads.now(nowMs);
    const text = JSON.stringify(load);
    if (text !== this.#toldLoad) this.#options.screens.publish('alarmLoad', load);
    this.#toldLoad = text;
  }

  #publishRosters(): void {
    const { domains, screens } = this.#options;
    const vehicles = domains.transit.roster(this.#cursors.vehicles);
    if (vehicles.rows.length > 0) screens.publish('vehicles', { isFull: false, rows: vehicles.rows });
    const units = domains.units.roster(this.#cursors.units);
    if (units.rows.length > 0) screens.publish('units', { isFull: false, rows: units.rows });
    const reports = domains.citizens.version();
    if (reports !== this.#cursors.reports)
      screens.publish('reports', { isFull: true, changed: domains.citizens.rows() });
    this.#cursors = { vehicles: vehicles.cursor, units: units.cursor, reports };
  }
}
