import { plainLine, plainValues } from '../shared/base/plainLine.ts';
import { existsSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu } from 'electron';
import { CONNECT_CHANNEL } from '../shared/shellBridge.ts';
import type { Log } from './engine/base/engine.ts';
import { helpText } from './helpText.ts';
import { readOptions } from './options.ts';
import type { StartOptions } from './options.ts';
import { OWN_ONLY_UMASK } from './ownOnlyUmask.ts';
import { appArguments } from './shell/appArguments.ts';
import { EngineProcess } from './shell/EngineProcess.ts';
import { debuggingSwitch, isWebGlMissing, needsSoftwareGl, SOFTWARE_GL } from './shell/commandLine.ts';
import { guardDownloads, guardPages, guardPermissions } from './shell/guard.ts';
import { isTrustedSender } from './shell/isTrustedSender.ts';
import { menuTemplate } from './shell/menuTemplate.ts';
import { openMainWindow } from './shell/openMainWindow.ts';
import { registerAppScheme, serveApp } from './shell/serveApp.ts';
import { spawnUtility } from './shell/spawnUtility.ts';
import { WallWindows } from './shell/WallWindows.ts';
import { StartError } from './StartError.ts';
import { startCounty } from './supervise.ts';
import type { CountyRun } from './supervise.ts';

const built = (file: string): string => join(import.meta.dirname, file);

const log: Log = (level, message, details) => {
  process.stderr.write(`${JSON.stringify(plainValues({ level, message, ...details }))}\n`);
};

/**
 * Composes everything. Nothing may be awaited at the top level: Electron is ready only after this module has been
 * evaluated.
 */
function run(options: StartOptions): void {
  process.umask(OWN_ONLY_UMASK);
  app.enableSandbox();
  registerAppScheme();
  guardPages();
  drawInSoftwareWhereNeeded();

  let county: CountyRun | undefined;
  let isPortalOpen = false;
  const opened = (isStoreNew: boolean): void => {
    county?.deliver(isStoreNew);
    // The portal outlives an engine that dies.
    if (!isPortalOpen) void county?.openPortal().then((url) => url !== undefined && printPortalAddress(url));
    isPortalOpen = true;
  };
  const engine = new EngineProcess(
    built('engine.js'),
    { onReady: (isStoreNew) => opened(isStoreNew), onRefused: (sentence) => giveUp(sentence, options) },
    log,
    options.wall,
  );

  ipcMain.on(CONNECT_CHANNEL, (event) => {
    if (isTrustedSender(event.senderFrame)) engine.connect(event.sender);
    else log('warn', 'A message from a foreign page was refused');
  });
  app.on('second-instance', bringToFront);
  let isQuitting = false;
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    // A process that is ended while it starts cannot heed the signal yet, and dies of it.
    if (isQuitting && exitCode === constants.signals.SIGTERM) return;
    log('error', 'A process of the application died', { type, name, reason, exitCode });
  });
  app.on('window-all-closed', () => app.quit());
  app.once('will-quit', (event) => {
    event.preventDefault();
    isQuitting = true;
    void stopAll(engine, () => county).finally(() => app.exit(0));
  });

  const open = async (): Promise<void> => {
    guardPermissions();
    guardDownloads(log);
    serveApp(built('../renderer'));
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
    if (options.wall) new WallWindows(log);
    else openMainWindow(join(app.getPath('userData'), 'window.json'), log);
    county = await startCounty(options, spawnUtility, log);
    engine.start({ ...county.engine, storeWorkerPath: built('storeWorker.js'), version: app.getVersion() });
  };
  app
    .whenReady()
    .then(open)
    .catch((error: unknown) => giveUp(error instanceof Error ? error.message : String(error), options));
}

const printPortalAddress = (url: string): void => void process.stdout.write(`The citizens' portal is at ${url}\n`);

/**
 * Draws WebGL in software on machines without a usable GPU. Whether a GPU that is there can be used shows only while
 * the application runs, which then starts again.
 */
function drawInSoftwareWhereNeeded(): void {
  const hasRenderNode = existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  if (needsSoftwareGl({ platform: process.platform, hasRenderNode, argv: process.argv })) {
    app.commandLine.appendSwitch(SOFTWARE_GL);
    return;
  }
  app.once('gpu-info-update', () => {
    if (!isWebGlMissing(app.getGPUFeatureStatus().webgl)) return;
    log(
      'warn',
      'WebGL cannot be used with the GPU of this machine; the application starts again and draws in software',
    );
    app.relaunch({ args: [...process.argv.slice(1), `--${SOFTWARE_GL}`] });
    app.quit();
  });
}

/** Shows the existing window to a person who starts Beacon a second time. */
function bringToFront(): void {
  const window = BrowserWindow.getAllWindows()[0];
  if (window?.isMinimized() === true) window.restore();
  window?.focus();
}

/**
 * Nothing can be shown without an engine, so the reason is shown and the application ends. At a wall nobody could close
 * a dialog.
 */
function giveUp(sentence: string, options: StartOptions): void {
  process.stderr.write(`${plainLine(sentence)}\n`);
  if (!options.wall) dialog.showErrorBox('Beacon cannot start', sentence);
  app.exit(1);
}

/** Stops the broker last: the engine commits what it has while the broker still takes its acknowledgements. */
async function stopAll(engine: EngineProcess, county: () => CountyRun | undefined): Promise<void> {
  await county()?.quieten();
  await engine.stop();
  await county()?.stop();
}

function main(): void {
  const foreign = app.isPackaged ? debuggingSwitch(process.argv) : undefined;
  if (foreign !== undefined)
    throw new StartError(`Beacon does not run with ${foreign}: another program could do with it all that you may.`);
  const args = appArguments(process.argv, app.isPackaged);
  if (args.includes('--help')) {
    process.stdout.write(helpText('start'));
    app.exit(0);
    return;
  }
  const options = readOptions(args);
  // Window state, caches and the lock belong to the data folder: an exercise on another one runs beside the real
  // county.
  app.setPath('userData', join(options.dataDir, 'shell'));
  if (app.requestSingleInstanceLock()) {
    run(options);
    return;
  }
  process.stderr.write('Beacon runs already on this data folder; its window has been brought to the front.\n');
  app.exit(0);
}

try {
  main();
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${plainLine(error.message)}\n`);
  app.exit(error.exitCode);
}
