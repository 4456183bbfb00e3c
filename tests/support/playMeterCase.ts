import { onTestFinished } from 'vitest';
import { meterCase, meterCounty } from './meterCases.ts';
import { END_MS, MeterScene } from './MeterScene.ts';
import { temporaryFolder } from './temporaryFolder.ts';

/** A case is played twice: as it happened, and as a backlog that comes at once. */
export const ways = [
  ['live', true],
  ['as a backlog', false],
] as const;

/** A case of `meter-cases` after its last message. */
export async function play(name: string, isLive: boolean): Promise<MeterScene> {
  const scene = new MeterScene(meterCounty(), temporaryFolder());
  onTestFinished(() => scene.close());
  scene.play(meterCase(name, END_MS), isLive);
  await scene.settle();
  return scene;
}
