import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const FIXTURE = join(ROOT, 'tests/shell/fixture');

export type ShellFixture = { appDir: string; dataDir: string; remove: () => void };

/**
 * The built main and preload as they are, with an engine and a page that only speak the shell's protocol: what is
 * tested is the shell.
 */
export function createShellFixture(): ShellFixture {
  const built = process.env['BEACON_OUT'] ?? join(ROOT, 'out');
  if (!existsSync(join(built, 'main/index.js'))) throw new Error('Nothing is built: run `npm run build` first.');
  const folder = mkdtempSync(join(tmpdir(), 'beacon-shell-'));
  const appDir = join(folder, 'app');
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  for (const part of ['main', 'preload']) cpSync(join(built, part), join(appDir, 'out', part), { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(appDir, 'package.json'));
  symlinkSync(join(ROOT, 'node_modules'), join(appDir, 'node_modules'));
  cpSync(join(FIXTURE, 'engine.mjs'), join(appDir, 'out/main/engine.js'));
  for (const file of ['index.html', 'page.js']) cpSync(join(FIXTURE, file), join(appDir, 'out/renderer', file));
  return { appDir, dataDir, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }) };
}
