import type { Quantity } from '../../../../../shared/base/quantities.ts';
import type { DeviceFlags, Sample, Value } from '../../../../../shared/base/values.ts';
import type { County, Meter } from '../../../../../shared/county/county.ts';
import { mostPerHourOf } from '../../../../../shared/utilities/mostPerHourOf.ts';
import { registerFacts } from './registerFacts.ts';
import { RegisterTrack } from './RegisterTrack.ts';
import type { Ruling } from './RegisterTrack.ts';

/** Registers that a meter of the county may have; each is judged by itself. */
const registers = ['registerKwh', 'registerM3', 'exportRegisterKwh'] as const satisfies readonly Quantity[];
const isRegister = (quantity: Quantity): boolean => (registers as readonly Quantity[]).includes(quantity);
/** A gauge shows more than the mean of an hour for some seconds. */
const PEAK = 3;
const NOTHING: readonly Value[] = [];

/** `rowOf`: the place of a value's meter in the county's list. */
type JudgeOptions = { rowOf: (sample: Sample) => number | undefined };

/**
 * The one verdict on each read of the county's meters, made before anything else sees the read: the store, the sums and
 * the present state all take the value and the quality that it gives. A verdict on an earlier read that has changed
 * comes as that read once more.
 */
export class ReadJudge {
  readonly #meters: readonly Meter[];
  readonly #nominalV: number;
  readonly #units: ReadonlyMap<string, number>;
  readonly #rowOf: JudgeOptions['rowOf'];
  readonly #tracks = new Map<Quantity, (RegisterTrack | undefined)[]>();

  constructor({ meters, profile, feeds }: County, { rowOf }: JudgeOptions) {
    this.#meters = meters;
    this.#nominalV = profile.nominalVoltageV;
    this.#units = new Map((feeds.devices ?? []).map(({ id, count }) => [id, count?.perCount ?? 1]));
    this.#rowOf = rowOf;
    for (const quantity of registers) this.#tracks.set(quantity, []);
  }

  /** Hot: called with the values of every message. Returns the same list where nothing is to be said. */
  review(values: readonly Value[]): readonly Value[] {
    let reviewed: Value[] | undefined;
    for (const [at, value] of values.entries()) {
      const row = value.kind === 'sample' ? this.#rowOf(value) : undefined;
      const verdict = row === undefined || value.kind !== 'sample' ? undefined : this.#judge(value, row);
      if (verdict !== undefined) reviewed ??= values.slice(0, at);
      if (verdict === undefined) reviewed?.push(value);
      else reviewed?.push(...verdict);
    }
    return reviewed ?? values;
  }

  /** Takes a stored read of before the start. Only actual reads anchor the next: an estimate may be above it. */
  seed(read: Value): void {
    if (read.kind !== 'sample' || !isRegister(read.quantity) || read.quality !== 'good') return;
    const row = this.#rowOf(read);
    if (row !== undefined) this.#track(row, read.quantity)?.seed(read.value, read.atMs);
  }

  #track(row: number, quantity: Quantity): RegisterTrack | undefined {
    const [tracks, meter] = [this.#tracks.get(quantity), this.#meters[row]];
    if (tracks === undefined || meter === undefined) return undefined;
    return (tracks[row] ??= new RegisterTrack(registerFacts(meter, this.#nominalV, this.#units.get(meter.id) ?? 1)));
  }

  /** The values in place of a sample; undefined where it stays as it is. */
  #judge(sample: Sample, row: number): readonly Value[] | undefined {
    if (!isRegister(sample.quantity)) return this.#judgeGauge(sample, row);
    const value = sample.value * (this.#meters[row]?.multiplier ?? 1);
    const ruling = this.#track(row, sample.quantity)?.judge(value, sample.atMs, sample.quality);
    if (ruling === undefined) return undefined;
    const isSame = ruling.value === sample.value && ruling.quality === sample.quality;
    if (isSame && ruling.revisions.length === 0 && ruling.event === undefined) return undefined;
    return this.#spell(sample, ruling);
  }

  #judgeGauge(sample: Sample, row: number): readonly Value[] | undefined {
    const { quantity, quality, value } = sample;
    if (quality === 'suspect' || (quantity !== 'flowM3h' && quantity !== 'powerKw')) return undefined;
    const meter = this.#meters[row];
    if (meter === undefined || Math.abs(value) <= PEAK * mostPerHourOf(meter, this.#nominalV)) return undefined;
    return [{ ...sample, quality: 'suspect', reason: 'No customer of this kind can draw as much.' }];
  }

  #spell(sample: Sample, { value, quality, reason, revisions, event }: Ruling): readonly Value[] {
    const { reason: said, ...plain } = sample;
    const why = reason ?? (quality === sample.quality ? said : undefined);
    return [
      ...revisions.map((revision): Sample => ({ ...plain, ...revision })),
      { ...plain, value, quality, ...(why !== undefined && { reason: why }) },
      ...(event === undefined ? NOTHING : [eventOf(sample, event)]),
    ];
  }
}

const eventOf = ({ deviceId, deviceNumber, atMs }: Sample, event: string): DeviceFlags => ({
  kind: 'flags',
  deviceId,
  deviceNumber,
  atMs,
  quality: 'good',
  flags: [event],
  isState: false,
});
