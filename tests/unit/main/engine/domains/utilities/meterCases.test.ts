import { describe, expect, it, onTestFinished } from 'vitest';
import { meterCase, meterCounty } from '../../../../../support/meterCases.ts';
import { END_MS, MeterScene } from '../../../../../support/MeterScene.ts';
import { hasRealData } from '../../../../../support/realData.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

/** A case is played twice: as it happened, and as a backlog that comes at once. */
const ways = [
  ['live', true],
  ['as a backlog', false],
] as const;

async function play(name: string, isLive: boolean): Promise<MeterScene> {
  const scene = new MeterScene(meterCounty(), temporaryFolder());
  onTestFinished(() => scene.close());
  scene.play(meterCase(name, END_MS), isLive);
  await scene.settle();
  return scene;
}

describe.skipIf(!hasRealData('meter-cases')).each(ways)('meters as public reports describe them, %s', (_, isLive) => {
  it('A14: numbers as text are numbers', async () => {
    const scene = await play('A14-number-as-text', isLive);
    expect(scene.usable('wmbus:60000001', 'registerM3')).toEqual([317.3988]);
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
