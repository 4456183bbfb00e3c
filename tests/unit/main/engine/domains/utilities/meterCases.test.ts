import { describe, expect, it, onTestFinished } from 'vitest';
import { meterCase, meterCounty, sparkplugCase } from '../../../../../support/meterCases.ts';
import { END_MS, MeterScene } from '../../../../../support/MeterScene.ts';
import { play, ways } from '../../../../../support/playMeterCase.ts';
import { hasRealData } from '../../../../../support/realData.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const qualities = (scene: MeterScene, id: string, quantity: 'registerKwh' | 'registerM3'): string[] =>
  scene.samples(id, quantity).map(({ quality }) => quality);
const isBackwards = (scene: MeterScene): boolean => [...scene.found].some((each) => each.startsWith('maintenance'));

describe.skipIf(!hasRealData('meter-cases')).each(ways)('meters as public reports describe them, %s', (_, isLive) => {
  it('A01: a momentary 0 is suspect, and is not counted', async () => {
    const scene = await play('A01-zero-glitch', isLive);
    expect(qualities(scene, 'E0', 'registerKwh')).toEqual(['good', 'good', 'good', 'suspect', 'good', 'good', 'good']);
    expect(scene.used('zone:FE', 'registerKwh')).toBeCloseTo(0.9, 3);
    expect(isBackwards(scene)).toBe(false);
  });

  it('A02: a register whose last digit jitters counts only what it gains', async () => {
    const scene = await play('A02-jitter', isLive);
    expect(new Set(qualities(scene, 'E1', 'registerKwh'))).toEqual(new Set(['good']));
    expect(scene.used('zone:FE', 'registerKwh')).toBeCloseTo(0.2, 3);
    expect(isBackwards(scene)).toBe(false);
  });

  it('A05: a register that rolls over goes on', async () => {
    const scene = await play('A05-rollover', isLive);
    expect(scene.usable('E3', 'registerKwh')).toEqual([99_996, 99_997, 99_998, 99_999, 100_000, 100_001]);
    expect(scene.used('zone:FE', 'registerKwh')).toBeCloseTo(5, 3);
    expect(scene.facts('meter', 'E3').join()).toMatch(/rolled over/);
    expect(isBackwards(scene)).toBe(false);
  });

  it('A09: an estimate above the next actual read anchors nothing', async () => {
    const scene = await play('A09-estimate-above', isLive);
    expect(scene.used('zone:FE', 'registerKwh')).toBeCloseTo(0.8, 3);
    expect(isBackwards(scene)).toBe(false);
  });

  it('A12: a net counter goes below zero', async () => {
    const scene = await play('A12-net-complement', isLive);
    const values = scene.usable('ert:55500002', 'registerKwh');
    expect(values.map((value) => Number(value.toFixed(2)))).toEqual([0.03, 0.01, -0.03, -0.06]);
    expect(scene.used('zone:FR', 'registerKwh')).toBeCloseTo(-0.09, 3);
  });

  it('A14: numbers as text are numbers', async () => {
    const scene = await play('A14-number-as-text', isLive);
    expect(scene.usable('wmbus:60000001', 'registerM3')).toEqual([317.3988]);
  });

  it('A16: no meter has a register of 1e300', async () => {
    const scene = await play('A16-absurd-register', isLive);
    expect(qualities(scene, 'W3', 'registerM3')).toEqual(['good', 'suspect']);
    expect(scene.used('zone:ZW', 'registerM3')).toBe(0);
  });

  it('C01: a register of whole cubic metres is not stuck between two of them', async () => {
    const scene = await play('C01-whole-m3', isLive);
    expect(isBackwards(scene)).toBe(false);
    expect(scene.work()).toEqual({});
  });

  it('C04: a home that draws nothing by day is not stuck', async () => {
    const scene = await play('C04-solar-day', isLive);
    expect(isBackwards(scene)).toBe(false);
    expect(scene.work()).toEqual({});
  });

  it('D01: a logger that reports every 15 minutes is not stale between two, and shows a burst', () => {
    const scene = new MeterScene(meterCounty(), temporaryFolder());
    onTestFinished(() => scene.close());
    const messages = meterCase('D01-dma-15-min', END_MS);
    const burstS = messages.find(({ payload }) => Buffer.from(payload).includes('"pressureKpa":300'))?.atS ?? 0;
    scene.play(
      messages.filter(({ atS }) => atS <= burstS + 900),
      isLive,
    );
    expect([...scene.found]).toContain('water.burst ZW');
    scene.nowMs = END_MS + (burstS + 1700) * 1000;
    scene.judge();
    expect(scene.zoneState('ZW')).toBe('high');
  });

  it('SP1: a series of Sparkplug goes on with its metric, whatever a new birth puts before it', async () => {
    const scene = new MeterScene(meterCounty(), temporaryFolder());
    onTestFinished(() => scene.close());
    sparkplugCase('SP1-rebirth-with-new-tag').forEach(({ topic, payload }, second) => {
      scene.nowMs = END_MS + 1000 * second;
      scene.send(topic, payload);
    });
    await scene.settle();
    const values = (id: string): number[] => scene.samples(id, 'flowM3h').map(({ value }) => value);
    expect([...new Set(values('spb:G/N'))]).not.toContain(99);
    expect([...new Set(values('spb:G/N'))].at(-1)).toBe(13);
    expect(values('spb:G/N:Aux/Flow_m3h')).toEqual([99]);
  });

  it('F01: a cleared retained message is no dead letter', async () => {
    const scene = await play('F01-empty-payload', isLive);
    expect(scene.letters).toEqual([]);
  });

  it('F02: what rtlamr2mqtt publishes is decoded', async () => {
    const scene = await play('F02-rtlamr2mqtt', isLive);
    expect(scene.letters).toEqual([]);
    expect(scene.samples('ert:69170000', 'rawCount')).toMatchObject([{ value: 7_587_117, quality: 'suspect' }]);
    expect(scene.samples('ert:35130000', 'rawCount')).toMatchObject([{ value: 827_187, quality: 'suspect' }]);
  });
});
