import { describe, expect, it } from 'vitest';
import { createUtilitiesDomain } from '../../../../../../main/engine/domains/utilities/createUtilitiesDomain.ts';
import type { Figure } from '../../../../../../shared/contract/contract.ts';
import { makeCounty, makeMeters, makeZone, sampleOf } from '../../../../../support/makeCounty.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** A Wednesday, 12:00. */
const NOON_MS = Date.UTC(2026, 4, 6, 12);

/** A county with one feeder, whose usual load is 800 kW. */
class FeederTown {
  readonly #domain = createUtilitiesDomain(
    makeCounty({ zones: [makeZone('F07', 'feeder', 20)], meters: makeMeters(20, 'electricity', 'F07') }).county,
  );
  nowMs = NOON_MS;

  say(quantity: 'powerKw' | 'voltageV', value: number, atMs = this.nowMs): void {
    this.#domain.apply(sampleOf('F07', quantity, value, atMs, 'good'), this.nowMs);
  }

  learn(): void {
    for (let atMs = NOON_MS - 3 * DAY_MS; atMs < NOON_MS; atMs += 900_000) this.say('powerKw', 800, atMs);
  }

  /** Minutes in which the feeder has this load. */
  minutes(count: number, powerKw = 800, voltageV = 230): void {
    for (let i = 0; i < count; i++) {
      this.nowMs += MINUTE_MS;
      this.say('powerKw', powerKw);
      this.say('voltageV', voltageV);
      this.#domain.judge(this.nowMs);
    }
  }

  openBreaker(): void {
    const flags = { kind: 'flags', deviceId: 'F07', flags: ['breakerOpen'], isState: true } as const;
    this.#domain.apply({ ...flags, atMs: this.nowMs, quality: 'good' }, this.nowMs);
    this.#domain.judge(this.nowMs);
  }

  figure(id: string): Figure | undefined {
    return this.#domain.figures(this.nowMs).find((each) => each.id === id);
  }
}

describe('customers without power', () => {
  it('are not known before a feeder is heard, nor when it is heard no longer', () => {
    const town = new FeederTown();
    expect(town.figure('customersOut')?.value).toBeNull();
    town.minutes(2);
    const heardMs = town.nowMs;
    expect(town.figure('customersOut')).toMatchObject({ value: 0, sources: [{ atMs: heardMs, isSilent: false }, {}] });
    town.nowMs += 6 * MINUTE_MS;
    expect(town.figure('customersOut')).toMatchObject({
      value: null,
      sources: [{ name: 'Water zones and feeders', atMs: heardMs, isSilent: true }, { name: 'Meters' }],
    });
  });
});

describe('the electricity load is marked', () => {
  it('as below normal in an outage, while the customers without power are above', () => {
    const town = new FeederTown();
    town.learn();
    town.minutes(2);
    expect(town.figure('electricityLoad')).not.toHaveProperty('deviation');
    town.minutes(3, 0, 0);
    expect(town.figure('electricityLoad')).toMatchObject({ isAbnormal: true, deviation: 'below' });
    expect(town.figure('customersOut')).toMatchObject({ isAbnormal: true, deviation: 'above' });
  });

  it('as abnormal in a part where the sum is on the other side of its usual value', () => {
    const town = new FeederTown();
    town.learn();
    town.minutes(2, 900);
    town.openBreaker();
    expect(town.figure('electricityLoad')).toMatchObject({ isAbnormal: true, deviation: 'part' });
  });
});
