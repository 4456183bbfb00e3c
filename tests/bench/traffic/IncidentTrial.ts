import { createTrafficDomain } from '../../../main/engine/domains/traffic/createTrafficDomain.ts';
import type { Domain } from '../../../main/engine/domains/kit/Domain.ts';
import type { Detector } from '../../../main/engine/domains/traffic/incidents/Detector.ts';
import type { Registry } from '../../../main/engine/registry/Registry.ts';
import type { Value } from '../../../shared/base/values.ts';
import type { County } from '../../../shared/county/county.ts';
import type { Crash } from './simulateIncidents.ts';

/** An alarm ends when its condition has been absent for so long (`offDelayMs` of queues). */
const OFF_DELAY_MS = 120_000;
/** After the road is clear, a queue dissolves for so long, and its alarm is still about the crash. */
const AFTER_MS = 1_800_000;

/** One method of detection that watches the county, and what it found. */
export class IncidentTrial {
  readonly #domain: Domain;
  readonly #linkIndex: ReadonlyMap<string, number>;
  /** When each alarm that is open was last found. */
  readonly #open = new Map<string, number>();
  readonly detectedAtMs = new Map<Crash, number>();
  falseAlarms = 0;

  constructor(county: County, registry: Registry, createDetector?: () => Detector) {
    this.#domain = createTrafficDomain(county, registry, createDetector);
    this.#linkIndex = new Map(county.links.map(({ id }, index) => [id, index]));
  }

  apply(values: readonly Value[], nowMs: number): void {
    for (const value of values) this.#domain.apply(value, nowMs);
  }

  /** Compares the alarms of now with the crashes that there are. */
  judge(crashes: readonly Crash[], nowMs: number): void {
    const alarms = this.#domain.judge(nowMs).filter(({ title }) => title.startsWith('Probable crash'));
    const present = new Set(alarms.map(({ subject }) => subject.id));
    for (const [id, atMs] of this.#open) if (nowMs - atMs > OFF_DELAY_MS) this.#open.delete(id);
    for (const id of present) {
      const link = this.#linkIndex.get(id) ?? -1;
      const about = crashes.filter(
        (crash) =>
          nowMs >= crash.fromMs && nowMs < crash.clearedMs + AFTER_MS && (crash.link === link || crash.queue.has(link)),
      );
      for (const crash of about)
        if (!this.detectedAtMs.has(crash) && nowMs < crash.clearedMs) this.detectedAtMs.set(crash, nowMs);
      if (about.length === 0 && !this.#open.has(id)) this.falseAlarms++;
      this.#open.set(id, nowMs);
    }
  }
}
