import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ActiveAlarms } from '../../main/engine/alarms/ActiveAlarms.ts';
import { createCitizensDomain } from '../../main/engine/domains/citizens/createCitizensDomain.ts';
import type { Domain } from '../../main/engine/domains/kit/Domain.ts';
import { feeds } from '../../main/engine/ingest/feeds/feedList.ts';
import { TopicRouter } from '../../main/engine/ingest/TopicRouter.ts';
import { topicOf } from '../../main/engine/ingest/TopicTable.ts';
import { createRegistry } from '../../main/engine/registry/createRegistry.ts';
import { loadCounty } from '../../main/engine/registry/loadCounty.ts';
import { createTrafficDomain } from '../../main/engine/domains/traffic/createTrafficDomain.ts';
import { createTransitDomain } from '../../main/engine/domains/transit/createTransitDomain.ts';
import { createUtilitiesDomain } from '../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import type { Alarm } from '../../shared/alarms/alarm.ts';
import type { County } from '../../shared/county/county.ts';
import type { Value } from '../../shared/base/values.ts';
import type { Message } from '../../simulators/devices/message.ts';
import type { ScenarioName } from '../../shared/wire/simulatedCounty.ts';
import type { Truth } from '../../simulators/scenarios/Scenario.ts';
import { Simulation } from '../../simulators/run/Simulation.ts';
import { readWorld } from '../../simulators/world/World.ts';
import { simulatedWorld } from './simulatedWorld.ts';

/** Reads the generated county of a scale from its files, as the engine does. */
async function readGenerated(files: ReadonlyMap<string, string>): Promise<County> {
  const dir = await mkdtemp(join(tmpdir(), 'beacon-county-'));
  try {
    for (const [name, text] of files) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), text);
    }
    return await loadCounty(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/**
 * Runs the simulated county through the feeds, the domains and the alarms, without a broker and as fast as possible.
 */
export class ScenarioRun {
  readonly simulation: Simulation;
  readonly domains: { traffic: Domain; transit: Domain; utilities: Domain; citizens: Domain };
  readonly county: County;
  readonly book: ActiveAlarms;
  readonly truths: Truth[] = [];
  /** Every alarm that was raised, as it was last seen. */
  readonly raised = new Map<string, Alarm>();
  /** Called with what each message gave, and the number of its feed. */
  onTaken: (values: readonly Value[], feed: number) => void = () => undefined;
  readonly #registry: ReturnType<typeof createRegistry>;
  readonly #router: TopicRouter;
  readonly #states = feeds.map((feed) => feed.initialState());
  #nowMs: number;

  constructor(county: County, simulation: Simulation, startMs: number) {
    this.county = county;
    this.simulation = simulation;
    this.#registry = createRegistry(county);
    this.#router = new TopicRouter(feeds, this.#registry);
    this.domains = {
      traffic: createTrafficDomain(county, this.#registry),
      transit: createTransitDomain(county),
      utilities: createUtilitiesDomain(county),
      citizens: createCitizensDomain(county),
    };
    this.book = new ActiveAlarms([], startMs);
    this.#nowMs = startMs;
  }

  static async begin(options: {
    scenarios: readonly ScenarioName[];
    startMs: number;
    scale?: number;
    seed?: number;
    /** Changes the county's files by name before anybody reads them. */
    change?: (files: ReadonlyMap<string, string>) => Map<string, string>;
  }): Promise<ScenarioRun> {
    const made = simulatedWorld(options.scale);
    const files = options.change?.(made.files) ?? made.files;
    const world = options.change === undefined ? made.world : readWorld(files);
    return new ScenarioRun(
      await readGenerated(files),
      new Simulation(world, { seed: options.seed ?? 42, ...options }),
      options.startMs,
    );
  }

  get nowMs(): number {
    return this.#nowMs;
  }

  /** Delivers the readings of the days before the start, as late blocks. */
  takeHistory(days: number): void {
    for (const message of this.simulation.history(days)) this.#take(message);
  }

  /** Lets the simulated county run for this long, and judges it every `everyMs`. */
  live(forMs: number, everyMs = 1000, onTick?: () => void): void {
    for (const untilMs = this.#nowMs + forMs; this.#nowMs < untilMs;) {
      this.#nowMs += everyMs;
      for (const message of this.simulation.step(this.#nowMs)) this.#take(message);
      this.truths.push(...this.simulation.takeTruths());
      const conditions = this.all().flatMap((domain) => domain.judge(this.#nowMs));
      this.book.update(conditions, this.#nowMs);
      for (const alarm of this.book.all()) this.raised.set(alarm.id, alarm);
      onTick?.();
    }
  }

  all(): readonly Domain[] {
    return [this.domains.traffic, this.domains.transit, this.domains.utilities, this.domains.citizens];
  }

  operational(): Alarm[] {
    return [...this.raised.values()].filter(({ domain }) => domain !== 'maintenance');
  }

  #take({ topic, payload }: Message): void {
    const index = this.#router.route(topicOf(topic)).feed;
    const feed = feeds[index];
    const result = feed?.step(this.#states[index], topic, Buffer.from(payload), this.#nowMs, this.#registry);
    if (result === undefined || 'refusal' in result) throw new Error(`${topic}: ${JSON.stringify(result)}`);
    for (const value of result.values) this.#apply(value);
    this.onTaken(result.values, index);
  }

  #apply(value: Value): void {
    for (const domain of this.all()) domain.apply(value, this.#nowMs);
  }
}
