import { expect, it } from 'vitest';
import { DiskWatch } from '../../../../../main/engine/health/DiskWatch.ts';

it('warns, stops, and goes on only with the reserve whole and room to spare', async () => {
  let freeBytes = 1000;
  let canRefill = false;
  const told: string[] = [];
  const disk = new DiskWatch({
    read: () => Promise.resolve({ freeBytes, totalBytes: 10_000 }),
    refill: () => canRefill,
    limits: () => ({ lowBytes: 500, stopBytes: 100 }),
    everyMs: 1e9,
    onNotice: ({ level }) => told.push(level),
  });
  const look = async (free: number): Promise<string> => {
    freeBytes = free;
    await disk.look();
    return disk.state.state;
  };
  expect([await look(1000), await look(400), await look(50), await look(150), await look(600)]).toEqual([
    'ok',
    'low',
    'full',
    'full',
    'full',
  ]);
  canRefill = true;
  expect([await look(150), await look(300), await look(900)]).toEqual(['full', 'low', 'ok']);
  disk.noteFull();
  expect([disk.isFull, await look(900)]).toEqual([true, 'ok']);
  expect(told).toEqual(['warning', 'error', 'info', 'error', 'info']);
  // Free space that swings about the limit is told once.
  expect([await look(520), await look(490), await look(510), await look(490), await look(560)]).toEqual([
    'ok',
    'low',
    'low',
    'low',
    'ok',
  ]);
});
