import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it, onTestFinished } from 'vitest';
import { unallocatedScope } from '../../../../../../main/engine/store/samples/rollups.ts';
import { DAY_MS, HOUR_MS } from '../../../../../../shared/base/durations.ts';
import { makeCounty, makeMeters, makeZone, seededRandom } from '../../../../../support/makeCounty.ts';
import { END_MS, MeterScene } from '../../../../../support/MeterScene.ts';
import { hasRealData, realData } from '../../../../../support/realData.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

type Random = () => number;
/** A read as it is sent, and when. */
type Sent = { atMs: number; sentMs: number; value: number; quality?: 'estimated' };

const DAYS = 20;
const cents = (value: number): number => Number(value.toFixed(2));

/** How a meter's readings come: every so often, with another meter from some reading on, or with so many digits. */
type Kind = { everyMs: number; count: number; exchangeAt: number; modulus: number };

function kindOf(random: Random, index: number): Kind {
  const everyMs = [900_000, HOUR_MS, DAY_MS / 4][Math.floor(random() * 3)] ?? HOUR_MS;
  const count = Math.floor((DAYS * DAY_MS) / everyMs);
  return {
    everyMs,
    count,
    exchangeAt: index % 3 === 1 ? Math.floor(count / 2) : -1,
    modulus: index % 3 === 2 ? 100_000 : Number.POSITIVE_INFINITY,
  };
}

/** What the register shows at each reading, and what was used between readings that can be compared. */
function registerOf(random: Random, { everyMs, count, exchangeAt, modulus }: Kind): { shown: number[]; used: number } {
  let register = Number.isFinite(modulus) ? modulus - 20 : Math.round(random() * 50_000);
  let used = 0;
  const shown = Array.from({ length: count }, (_, i) => {
    const use = cents((0.2 + random() * 1.8) * (everyMs / HOUR_MS));
    if (i === exchangeAt) register = cents(random() * 20);
    else if (i > 0) {
      register += use;
      used += use;
    }
    return cents(register % modulus);
  });
  return { shown, used };
}

/** The reading as the field delivers it: odd, estimated, or off by its last digit. */
function faulty(random: Random, value: number, isNearEnd: boolean): Pick<Sent, 'value' | 'quality'> {
  const lot = random();
  if (lot < 0.02 && !isNearEnd) return { value: random() < 0.5 ? 0 : value * 3 + 7000 };
  if (lot < 0.04) return { value: cents(value + 3), quality: 'estimated' };
  return { value: lot < 0.09 ? cents(value - 0.01) : value };
}

/** The reads of a meter with the faults of the field, and what its customer used between those that can be compared. */
function stream(random: Random, index: number): { reads: Sent[]; used: number } {
  const kind = kindOf(random, index);
  const { shown, used } = registerOf(random, kind);
  const reads = shown.flatMap((value, i): Sent[] => {
    const atMs = END_MS - (kind.count - i) * kind.everyMs;
    // The first and last reads are what the sum is compared with, and those about an exchange decide what it is.
    const isPlain = Math.abs(i - kind.exchangeAt) < 4 || i < 6 || i > kind.count - 6;
    if (isPlain) return [{ atMs, sentMs: atMs, value }];
    const isNearEnd = Number.isFinite(kind.modulus) && (value > 0.999 * kind.modulus || value < 100);
    const sentMs = random() < 0.05 ? atMs + 3 * kind.everyMs : atMs;
    const read = { atMs, sentMs, ...faulty(random, value, isNearEnd) };
    return random() < 0.05 ? [read, { ...read, sentMs: sentMs + kind.everyMs }] : [read];
  });
  return { reads, used };
}

async function sumOf(scene: MeterScene, zone: string, quantity: 'registerKwh' | 'registerM3'): Promise<number> {
  await scene.settle();
  return scene.used(`zone:${zone}`, quantity) + scene.used(unallocatedScope(`zone:${zone}`), quantity);
}

function openScene(meters: ReturnType<typeof makeMeters>, zone: string, kind: 'dma' | 'feeder'): MeterScene {
  const { county } = makeCounty({ zones: [makeZone(zone, kind, meters.length)], meters });
  const scene = new MeterScene(county, temporaryFolder());
  onTestFinished(() => scene.close());
  return scene;
}

describe('the sum of a zone', () => {
  it.each(Array.from({ length: 30 }, (_, seed) => seed))(
    'is what its meters used, whatever the faults of their reads (seed %i)',
    async (seed) => {
      const random = seededRandom(seed + 1);
      const meters = makeMeters(6, 'electricity', 'F');
      const scene = openScene(meters, 'F', 'feeder');
      const streams = meters.map((_, index) => stream(random, index));
      const sent = streams
        .flatMap(({ reads }, index) => reads.map((read) => ({ ...read, id: meters[index]?.id ?? '' })))
        .sort((a, b) => a.sentMs - b.sentMs);
      for (const { id, atMs, sentMs, value, quality } of sent) {
        scene.nowMs = sentMs;
        scene.send(`beacon/v1/meter/${id}`, { at: atMs, registerKwh: value, ...(quality && { quality }) });
      }
      scene.nowMs = END_MS;
      const used = streams.reduce((sum, each) => sum + each.used, 0);
      const sum = await sumOf(scene, 'F', 'registerKwh');
      expect(Math.abs(sum - used) / used).toBeLessThan(0.01);
    },
  );

  it('of other meters is not moved by any read', async () => {
    const scene = openScene(makeMeters(2, 'electricity', 'F'), 'F', 'feeder');
    for (let hour = 0; hour < 90; hour++) {
      const at = END_MS - (90 - hour) * HOUR_MS;
      scene.send('beacon/v1/meter/F-0', { at, registerKwh: 100 + hour });
      const wild = [1e15, -1e15, 1e300, Number.MAX_VALUE, 1e12, 4e9][hour % 6] ?? 0;
      scene.send('beacon/v1/meter/F-1', { at, registerKwh: wild, powerKw: wild, voltageV: wild });
    }
    expect(await sumOf(scene, 'F', 'registerKwh')).toBeCloseTo(89, 6);
  });

  it('keeps what was used in a long silence as unallocated, also where late reads fill it', async () => {
    const scene = openScene(makeMeters(1, 'electricity', 'F'), 'F', 'feeder');
    const read = (hoursAgo: number, registerKwh: number): void =>
      scene.send('beacon/v1/meter/F-0', { at: END_MS - hoursAgo * HOUR_MS, registerKwh });
    for (const hour of [200, 199, 198, 20, 19, 18]) read(hour, 1000 - hour);
    await scene.commit();
    expect(scene.used('zone:F', 'registerKwh')).toBeCloseTo(4, 6);
    expect(scene.used(unallocatedScope('zone:F'), 'registerKwh')).toBeCloseTo(178, 6);
    expect(scene.used(unallocatedScope('county'), 'registerKwh')).toBeCloseTo(178, 6);
    for (let hour = 197; hour > 20; hour--) read(hour, 1000 - hour);
    expect(await sumOf(scene, 'F', 'registerKwh')).toBeCloseTo(182, 6);
    expect(scene.used(unallocatedScope('zone:F'), 'registerKwh')).toBeCloseTo(0, 6);
  });
});

describe.skipIf(!hasRealData('water-daiad'))('89 real homes', () => {
  it('sum up to what each of them used, and run backwards in few', async () => {
    const [text = new Uint8Array()] = Object.values(
      unzipSync(readFileSync(realData('water-daiad', 'swm_trialA_extended.zip'))),
    );
    const homes = new Map<string, Sent[]>();
    for (const line of strFromU8(text).trim().split('\n').slice(1)) {
      const [id = '', time = '', liters] = line.split(';');
      const [day = '', month = '', year = '', clock = ''] = time.split(/[/ ]/);
      const atMs = Date.parse(`${year}-${month}-${day}T${clock}Z`);
      const reads = homes.get(id) ?? [];
      reads.push({ atMs, sentMs: atMs, value: Number(liters) / 1000 });
      homes.set(id, reads);
    }
    const ids = [...homes.keys()];
    const zones = ids.map((_, index) => `Z${index}`);
    const { county } = makeCounty({
      zones: zones.map((zone) => makeZone(zone, 'dma', 1)),
      meters: ids.map((id, index) => ({ ...makeMeters(1, 'water', zones[index] ?? '')[0], id }) as never),
    });
    const scene = new MeterScene(county, temporaryFolder());
    onTestFinished(() => scene.close());
    for (const [id, reads] of homes)
      for (const { atMs, value } of reads) {
        scene.nowMs = Math.max(scene.nowMs === END_MS ? 0 : scene.nowMs, atMs);
        scene.send(`beacon/v1/meter/${id}`, { at: atMs, registerM3: value });
      }
    await scene.settle();
    const wrong = zones.flatMap((zone, index) => {
      const reads = (homes.get(ids[index] ?? '') ?? []).toSorted((a, b) => a.atMs - b.atMs);
      const used = (reads.at(-1)?.value ?? 0) - (reads[0]?.value ?? 0);
      const sum =
        scene.used(`zone:${zone}`, 'registerM3', 0) + scene.used(unallocatedScope(`zone:${zone}`), 'registerM3', 0);
      return Math.abs(sum - used) <= 0.01 * used + 0.001 ? [] : [`${zone}: ${sum} of ${used}`];
    });
    expect(wrong).toEqual([]);
    scene.judge();
    const backwards = scene.county.meters.filter(({ id }) => scene.work()[id] === 'Register ran backwards');
    expect(backwards.length).toBeLessThanOrEqual(5);
  }, 60_000);
});
