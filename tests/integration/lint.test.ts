import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const eslint = new ESLint({ cwd: ROOT });

/** The rules that a text breaks when it stands in the place of a file of the project. */
async function broken(file: string, text: string): Promise<string[]> {
  // A file that is not there is in no project, and every rule on types would stay silent.
  expect(existsSync(join(ROOT, file)), file).toBe(true);
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) });
  return (result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message);
}

const ENGINE = 'main/engine/openStores.ts';
const STORE = 'main/engine/store/StoreError.ts';
const INGEST = 'main/engine/ingest/feed.ts';
const SHELL = 'main/shell/guard.ts';
const WEB = 'main/web/ScreenSocket.ts';
const HOST = 'main/host.ts';
const BROKER = 'main/broker/Journal.ts';
const PRELOAD = 'preload/index.ts';
const SCREEN = 'renderer/App.tsx';
const MAP = 'renderer/features/map/Camera.ts';
const UI = 'renderer/ui/useAttempt.ts';
const LIVE = 'renderer/live/FrameTable.ts';
const CLIENT = 'renderer/client/useAnswer.ts';
const PAGE = 'renderer/pages/Page.ts';
const SHARED = 'shared/base/display.ts';
const SIMULATOR = 'simulators/random/Random.ts';

const take = (name: string): string => `import { it } from '${name}';\nexport const same = it;\n`;

describe('an import across a zone is refused', () => {
  test.each<[string, string]>([
    [ENGINE, 'electron'],
    [ENGINE, 'better-sqlite3'],
    [ENGINE, 'mqtt'],
    [ENGINE, 'fastify'],
    [STORE, 'mqtt'],
    [INGEST, 'better-sqlite3'],
    [WEB, 'electron'],
    [WEB, 'better-sqlite3'],
    [HOST, 'electron'],
    [HOST, 'aedes'],
    [BROKER, 'electron'],
    [SHELL, '@fastify/static'],
    [PRELOAD, 'node:fs'],
    [PRELOAD, 'zod'],
    [SCREEN, 'electron'],
    [SCREEN, 'node:path'],
    [SCREEN, 'mqtt'],
    [SHARED, 'node:path'],
    [SHARED, 'react'],
    [SHARED, 'electron/main'],
    [SIMULATOR, 'electron'],
    [SIMULATOR, 'better-sqlite3'],
  ])('%s takes %s', async (file, name) => {
    expect(await broken(file, take(name))).toContain('no-restricted-imports');
  });

  test.each<[string, string]>([
    [ENGINE, '../shell/guard.ts'],
    [ENGINE, '../web/ScreenSocket.ts'],
    [ENGINE, '../host.ts'],
    [SHELL, '../engine/createEngine.ts'],
    [WEB, '../engine/createEngine.ts'],
    [BROKER, '../engine/domains/kit/Domain.ts'],
    [HOST, '../simulators/random/Random.ts'],
    [PRELOAD, '../main/host.ts'],
    [SCREEN, '../main/engine/base/engine.ts'],
    [MAP, '../alarms/AlarmCard.tsx'],
    [MAP, '../../pages/Page.ts'],
    [UI, '../features/map/Camera.ts'],
    [UI, '../client/useAnswer.ts'],
    [UI, '../live/FrameTable.ts'],
    [UI, '../../shared/incidents/incident.ts'],
    [UI, '../../shared/contract/contract.ts'],
    [LIVE, '../client/useAnswer.ts'],
    [LIVE, '../ui/store.ts'],
    [LIVE, '../../shared/contract/contract.ts'],
    [CLIENT, '../features/map/Camera.ts'],
    [CLIENT, '../pages/Page.ts'],
    [PAGE, '../App.tsx'],
    [SHARED, '../../main/engine/domains/kit/Domain.ts'],
    [SIMULATOR, '../../main/engine/domains/kit/Domain.ts'],
    [SIMULATOR, '../../renderer/App.tsx'],
    [SIMULATOR, '../../shared/contract/contract.ts'],
    // The floors.
    ['main/engine/log/EventLog.ts', '../alarms/ActiveAlarms.ts'],
    ['main/engine/domains/createDomains.ts', '../requests/createHandlers.ts'],
    ['main/engine/domains/traffic/LinkState.ts', '../transit/TripMatcher.ts'],
    ['main/engine/domains/kit/ChangedRows.ts', '../traffic/LinkState.ts'],
    ['shared/alarms/alarm.ts', '../incidents/incident.ts'],
    ['simulators/world/World.ts', '../devices/BusFleet.ts'],
  ])('%s takes %s', async (file, path) => {
    expect(existsSync(join(ROOT, file, '..', path)), path).toBe(true);
    expect(await broken(file, take(path))).toContain('import-x/no-restricted-paths');
  });
});

describe('an import within its zone is not', () => {
  test.each<[string, string]>([
    [STORE, 'better-sqlite3'],
    [INGEST, 'mqtt'],
    [SHELL, 'electron'],
    [BROKER, 'aedes-packet'],
    [WEB, '@fastify/websocket'],
    [PRELOAD, 'electron'],
    [SCREEN, 'react'],
    [SCREEN, '@deck.gl/core'],
    [SHARED, 'zod'],
    [SIMULATOR, 'node:fs/promises'],
    [WEB, '../engine/base/engine.ts'],
    [SIMULATOR, '../../shared/wire/topics.ts'],
    [SCREEN, './features/map/Camera.ts'],
    [UI, '../../shared/base/display.ts'],
    [LIVE, '../../shared/live/frame.ts'],
    [CLIENT, '../ui/useAttempt.ts'],
    [CLIENT, '../live/FrameTable.ts'],
    [CLIENT, '../../shared/contract/contract.ts'],
    [MAP, '../../client/useAnswer.ts'],
    [PAGE, '../features/map/Camera.ts'],
    ['main/engine/domains/createDomains.ts', './traffic/LinkState.ts'],
    ['main/engine/domains/traffic/LinkState.ts', '../kit/ChangedRows.ts'],
  ])('%s takes %s', async (file, name) => {
    const rules = await broken(file, take(name));
    expect(rules).not.toContain('no-restricted-imports');
    expect(rules).not.toContain('import-x/no-restricted-paths');
  });
});

const longFunction = `export function long(): void {\n${'  void 0;\n'.repeat(60)}}\n`;

describe('what the style forbids is refused', () => {
  test.each<[string, string, string, string]>([
    ['any', ENGINE, 'export const loose: any = 1;\n', '@typescript-eslint/no-explicit-any'],
    [
      'a floating promise',
      ENGINE,
      'const later = async (): Promise<void> => Promise.resolve();\nlater();\nexport const now = 1;\n',
      '@typescript-eslint/no-floating-promises',
    ],
    [
      'an open switch',
      ENGINE,
      "export function say(side: 'left' | 'right'): void {\n  switch (side) {\n    case 'left':\n      return;\n  }\n}\n",
      '@typescript-eslint/switch-exhaustiveness-check',
    ],
    ['a default export', ENGINE, 'export default 1;\n', 'import-x/no-default-export'],
    ['a barrel', ENGINE, "export * from './RequestError.ts';\n", 'no-restricted-syntax'],
    ['a function over 60 lines', ENGINE, longFunction, 'max-lines-per-function'],
    [
      'an interface',
      ENGINE,
      'export interface Shape { side: number }\n',
      '@typescript-eslint/consistent-type-definitions',
    ],
    [
      'an export that leaves its type open',
      ENGINE,
      'export function half(value: number) {\n  return value / 2;\n}\n',
      '@typescript-eslint/explicit-module-boundary-types',
    ],
    [
      'a comment in words of its own',
      ENGINE,
      '/** Told of each row a feed. */\nexport const it = 1;\n',
      'comments/plain',
    ],
    ['console', ENGINE, "console.log('here');\nexport const it = 1;\n", 'no-console'],
    ['loose equality', ENGINE, 'export const isOne = (value: unknown): boolean => value == 1;\n', 'eqeqeq'],
    ['Node in the screen', SCREEN, 'export const folder = process.cwd();\n', 'no-restricted-globals'],
    ['Node in shared', SHARED, "export const bytes = Buffer.from('');\n", 'no-restricted-globals'],
    ['Node in the preload', PRELOAD, 'export const folder = process.cwd();\n', 'no-restricted-globals'],
    [
      'a hook behind a condition',
      SCREEN,
      "import { useState } from 'react';\nexport function View({ isOpen }: { isOpen: boolean }): number {\n  if (isOpen) return 0;\n  const [count] = useState(1);\n  return count;\n}\n",
      'react-hooks/rules-of-hooks',
    ],
  ])('%s', async (_name, file, text, rule) => {
    expect(await broken(file, text)).toContain(rule);
  });
});
