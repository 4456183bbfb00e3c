import type { CountyMs } from '../../../../shared/base/clock.ts';
import { createLocalDays } from '../../../../shared/base/localDays.ts';
import type { LocalDays } from '../../../../shared/base/localDays.ts';
import type { County } from '../../../../shared/county/county.ts';
import type { Audit } from '../../../../shared/impact/audit.ts';
import { textOfDay } from '../../../../shared/impact/dayText.ts';
import { worthOf } from '../../../../shared/impact/values.ts';
import type { AskLedger } from '../readSamples.ts';
import { readValues } from '../readValues.ts';
import { rankStakes } from './rankStakes.ts';
import { readLosses } from './readLosses.ts';

type AuditOptions = { county: County; countyDir: string; ask: AskLedger; nowMs: () => CountyMs };

/** Random numbers from 0 to 1 that are the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The list of where to act first, made once per local day, as the ledger hardly changes within it. */
export class CountyAudit {
  readonly #options: AuditOptions;
  readonly #days: LocalDays;
  #made: { day: number; audit: Promise<Audit> } | undefined;

  constructor(options: AuditOptions) {
    this.#options = options;
    this.#days = createLocalDays(options.county.profile.timeZone);
  }

  /** The list as of yesterday. Rejects with a StoreError where the ledger cannot be read. */
  audit(): Promise<Audit> {
    const day = this.#days.dayOf(this.#options.nowMs()) - 1;
    if (this.#made?.day !== day) {
      const audit = this.#make(day);
      this.#made = { day, audit };
      // What failed is tried again when it is asked for next.
      audit.catch(() => (this.#made = undefined));
    }
    return this.#made.audit;
  }

  async #make(day: number): Promise<Audit> {
    const { county, countyDir, ask } = this.#options;
    const losses = await readLosses(county, ask, this.#days, day);
    const values = readValues(countyDir);
    const [delay, leakage] = [worthOf('trafficDelay', -1, values), worthOf('nightFlow', -1, values)];
    const fault = 'fault' in delay ? delay.fault : 'fault' in leakage ? leakage.fault : undefined;
    const ranked = rankStakes(
      losses,
      {
        ...('perYear' in delay && { delay: delay.perYear }),
        ...('perYear' in leakage && { leakage: leakage.perYear }),
      },
      repeatable(day),
    );
    return {
      toDay: textOfDay(day),
      ...(values !== null && 'currency' in values && { currency: values.currency }),
      ...(fault !== undefined && { moneyFault: fault }),
      ...ranked,
    };
  }
}
