// `node run.ts APP_DIR [arguments]` runs an unmodified built application: the entry is evaluated completely, top-level
// awaits included, and only then is the application ready.
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readFileSync } from 'node:fs';

const LOAD_LIMIT_MS = 60_000;
// The arguments as Electron has them: the program, the application, its arguments.
process.argv.splice(1, 1);
const standIn = new URL('electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

type Evaluate = { id: number; source: string; argument: unknown };

const electron = await import('./electron.ts');
const { app } = electron;
process.on('message', ({ id, source, argument }: Evaluate) => {
  const run = (0, eval)(`(${source})`) as (module: unknown, argument: unknown) => unknown;
  const answer = new Promise((resolve) => resolve(run(electron, argument)));
  answer.then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
// Electron quits in an orderly way on these signals, and a program whose terminal is gone must not keep running.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.quit());
process.on('disconnect', () => app.exit(1));

const appDir = process.argv[1] ?? '.';
const { main } = JSON.parse(readFileSync(join(appDir, 'package.json'), 'utf8')) as { main: string };
const limit = setTimeout(() => {
  process.stderr.write(
    `The entry was not loaded in ${LOAD_LIMIT_MS} ms: a top-level "await app.whenReady()" or the like never ends in Electron.\n`,
  );
  app.exit(1);
}, LOAD_LIMIT_MS);
await import(pathToFileURL(join(appDir, main)).href);
clearTimeout(limit);
app.isReadyNow = true;
app.emit('ready');
void app.chromium.endpoint.then(
  (endpoint) => process.send?.({ endpoint }),
  () => app.exit(1),
);
