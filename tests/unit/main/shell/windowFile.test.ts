import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadWindowState, saveWindowState } from '../../../../main/shell/windowFile.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beacon-window-'));
  file = join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was saved is read again', () => {
  const state = { bounds: { x: -1920, y: 12, width: 1500, height: 900 }, isMaximized: true };
  saveWindowState(file, state);
  expect(loadWindowState(file)).toEqual(state);
});

test.each([
  '',
  '{',
  'null',
  '{"bounds":{"x":0,"y":0,"width":-5,"height":900},"isMaximized":true}',
  '{"bounds":{"x":"0"}}',
])('the damaged file %j counts as none', (text) => {
  writeFileSync(file, text);
  expect(loadWindowState(file)).toBeUndefined();
});

test('there is none at the first start', () => {
  expect(loadWindowState(file)).toBeUndefined();
});
