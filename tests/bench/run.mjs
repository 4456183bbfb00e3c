// @ts-check
// `npm run bench -- NAME`: checks dependencies, Mosquitto and the build as `npm test` does, then measures on the
// project's Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild, ensureDependencies, findNode } from '../../main/start.mjs';
import { ensurePrograms } from '../ensurePrograms.mjs';

const args = process.argv.slice(2);
ensureDependencies();
if (!args.includes('--help') && args.length > 0) {
  const needsChromium = ['screen', 'alarmList'].includes(args[0] ?? '');
  const needsMosquitto = !['alarmList', 'requests'].includes(args[0] ?? '');
  if (needsChromium) ensurePrograms('chromium');
  if (needsMosquitto) ensurePrograms('mosquitto');
  ensureBuild();
}
const bench = spawn(findNode(), [join(import.meta.dirname, 'main.ts'), ...args], { stdio: 'inherit' });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => bench.kill(signal));
bench.on('close', (code) => process.exit(code ?? 1));
