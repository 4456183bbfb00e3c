import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Displays } from '../../../../../main/engine/health/Displays.ts';
import { displayPerson } from '../../../../../shared/people/person.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const wall = displayPerson('t1', 'Wall of the room');
const MINUTE_MS = 60_000;

function room(file = join(temporaryFolder(), 'displays.json')) {
  const state = { nowMs: 0, revoked: new Set<string>(), log: [] as string[] };
  const open = (): Displays =>
    new Displays({
      file,
      isAdmitted: (holder) => !state.revoked.has(holder),
      wallMs: () => state.nowMs,
      log: (_, message) => state.log.push(message),
    });
  return { state, open, file };
}

const report = (id: string, name?: string) => ({
  id,
  scene: 'Situation',
  version: '1.0',
  widthPx: 1920,
  heightPx: 1080,
  ...(name !== undefined && { name }),
});

const titles = (displays: Displays): string[] => displays.conditions().map(({ title }) => title);

it('misses a display that has fallen silent, and hears of it again', () => {
  const { state, open } = room();
  const displays = open();
  state.nowMs = 2 * MINUTE_MS;
  displays.report(wall, report('a', 'Left'));
  displays.report(wall, report('b'));
  state.nowMs += 9000;
  displays.report(wall, report('b'));
  expect(titles(displays)).toEqual([]);
  state.nowMs += 2000;
  expect(titles(displays)).toEqual(['The wall display Left does not report']);
  expect(displays.list().map(({ name, isDead }) => [name, isDead])).toEqual([
    ['Left', true],
    ['Wall of the room', false],
  ]);
  displays.report(wall, report('a', 'Left'));
  expect(titles(displays)).toEqual([]);
});

it('misses a display that does not come back after a loss of power, and gives all of them time to', () => {
  const { state, open } = room();
  open().report(wall, report('a', 'Left'));
  state.nowMs = 600 * MINUTE_MS;
  const again = open();
  state.nowMs += MINUTE_MS - 1;
  expect(titles(again)).toEqual([]);
  state.nowMs += 2;
  expect(titles(again)).toEqual(['The wall display Left does not report']);
  again.forget('a');
  expect(titles(again)).toEqual([]);
  expect(open().list()).toEqual([]);
});

it('misses no display whose token was revoked, and no person who looks at the wall', () => {
  const { state, open } = room();
  const displays = open();
  displays.report(wall, report('a'));
  displays.report({ id: 'p1', name: 'Pat', role: 'operator' }, report('b'));
  expect(displays.list().map(({ id }) => id)).toEqual(['a']);
  state.revoked.add(wall.id);
  state.nowMs = 2 * MINUTE_MS;
  expect(displays.list()).toEqual([]);
  expect(titles(displays)).toEqual([]);
});

it('has a display load its page anew once', () => {
  const displays = room().open();
  displays.report(wall, report('a'));
  expect(() => displays.reload('b')).toThrow('There is no such display.');
  displays.reload('a');
  expect(displays.report(wall, report('a'))).toEqual({ isReloadWanted: true });
  expect(displays.report(wall, report('a'))).toEqual({ isReloadWanted: false });
});

it('keeps a bounded number of displays, whoever invents them, and begins anew without its file', () => {
  const { state, open, file } = room();
  const displays = open();
  for (let index = 0; index < 200; index++) {
    state.nowMs++;
    displays.report(wall, report(`d${String(index)}`));
  }
  expect(displays.list()).toHaveLength(64);
  expect(displays.list().some(({ id }) => id === 'd199')).toBe(true);
  writeFileSync(file, '{ broken');
  expect(open().list()).toEqual([]);
  expect(state.log.join()).toContain('displays.json cannot be read');
});
