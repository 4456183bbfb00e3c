// @ts-check
// The one way to start anything: it makes sure of dependencies and build, then runs the rest on a suitable Node. It is
// plain JavaScript without dependencies, because it runs before any are installed.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { ENGINE_FLAGS } from './engineFlags.mjs';
import { keepRunning } from './keepRunning.mjs';

const root = resolve(import.meta.dirname, '..');
const at = (/** @type {string[]} */ ...parts) => join(root, ...parts);
const say = (/** @type {string} */ line) => process.stdout.write(`${line}\n`);
/** What the host says when it serves: its URL, with address and port. */
const ADDRESS = /^Beacon is at (https?:\/\/([^/]+):(\d+)\S*)$/;
/** What the host says when the citizens' portal listens. */
const PORTAL_ADDRESS = /^The citizens' portal is at https?:\/\/(\S+)$/;
const PROBE_MS = 2500;
const SOURCES = ['main', 'preload', 'renderer', 'shared', 'simulators', 'electron.vite.config.ts', 'package-lock.json'];

/** Remembers where the portal listens, so that it has the same address after a death. */
function portalMemory() {
  let address = '';
  return {
    onLine: (/** @type {string} */ line) => {
      address = PORTAL_ADDRESS.exec(line)?.[1] ?? address;
    },
    argsAgain: () => (address === '' ? [] : ['--portal', address]),
  };
}

/** @returns {never} */
function give(/** @type {string} */ sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

/**
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }>} the packages
 * of a lock file
 */
function packagesOf(/** @type {string} */ lockFile) {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8'));
  delete packages[''];
  return packages;
}

/**
 * Whether the packages that npm says it installed are those of the lock file; optional packages of other platforms may
 * be absent.
 */
function isInstalled() {
  const record = at('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = packagesOf(record);
  return Object.entries(packagesOf(at('package-lock.json'))).every(([path, wanted]) => {
    const present = installed[path];
    return present === undefined
      ? wanted.optional === true
      : present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

/** Runs `npm ci` when nothing is installed, or when the lock file asks for something else than what is installed. */
export function ensureDependencies() {
  if (isInstalled()) return;
  say('Installing what Beacon needs (once, about a minute) …');
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } =
    npm === undefined
      ? spawnSync('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
      : spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0)
    give(
      'The packages could not be installed. Check the network and that npm can reach its registry, then start again.',
    );
}

/** @returns {number} the newest change below a path */
function newest(/** @type {string} */ path) {
  if (!existsSync(path)) return 0;
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/**
 * Builds when the sources differ from those that were built last. Their age is taken before the build, so that a change
 * during it counts as new.
 */
export function ensureBuild() {
  const stamp = at('out', '.built');
  // Versions of Node differ in the fractions of a millisecond that they read.
  const sources = String(Math.floor(Math.max(...SOURCES.map((name) => newest(at(name))))));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  say('Building …');
  const build = spawnSync(
    findNode(),
    [at('node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } },
  );
  if (build.status !== 0) give(`${build.stdout}${build.stderr}\nBeacon could not be built; the cause is above.`);
  mkdirSync(at('out'), { recursive: true });
  writeFileSync(stamp, sources);
}

/** Finds a Node with Node-API 10, which the database needs: the one among the packages, or the one that runs this. */
export function findNode() {
  const own = at(
    'node_modules',
    `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(own)) return own;
  if (Number(process.versions.napi) >= 10) return process.execPath;
  return give(
    `Beacon needs Node 22.15 or newer on this platform; this is ${process.version}. Install it from nodejs.org and start again.`,
  );
}

/**
 * Finds the Electron runtime, if it is there. It never asks the electron package itself, which would begin to download.
 */
function findElectron() {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? at('node_modules', 'electron', 'dist');
  const pathFile = at('node_modules', 'electron', 'path.txt');
  const name = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8').trim()
    : process.platform === 'win32'
      ? 'electron.exe'
      : process.platform === 'darwin'
        ? 'Electron.app/Contents/MacOS/Electron'
        : 'electron';
  const binary = join(folder, name);
  return existsSync(binary) ? binary : undefined;
}

/**
 * @returns {Promise<boolean>} whether the host that has the runtime answers; a silent firewall must not hold up the
 * start
 */
function canDownload() {
  const mirror = process.env['ELECTRON_MIRROR'];
  const url = new URL(mirror !== undefined && URL.canParse(mirror) ? mirror : 'https://github.com');
  const port = url.port === '' ? (url.protocol === 'http:' ? 80 : 443) : Number(url.port);
  return new Promise((resolveTo) => {
    const socket = connect({ host: url.hostname, port, timeout: PROBE_MS });
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolveTo(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}

/** @returns {Promise<{ binary: string } | { reason: string }>} */
async function decideRuntime() {
  const hasDisplay =
    process.platform !== 'linux' ||
    process.env['DISPLAY'] !== undefined ||
    process.env['WAYLAND_DISPLAY'] !== undefined;
  if (!hasDisplay) return { reason: 'There is no display here' };
  const binary = findElectron();
  if (binary !== undefined) return { binary };
  if (!(await canDownload())) return { reason: 'The Electron runtime is not here and cannot be downloaded' };
  say('Downloading the Electron runtime (once, about 120 MB) …');
  spawnSync(findNode(), [at('node_modules/electron/install.js')], { cwd: root, stdio: 'inherit' });
  const fresh = findElectron();
  return fresh === undefined ? { reason: 'The Electron runtime could not be downloaded' } : { binary: fresh };
}

/** Opens the address in the person's browser, where there is somebody to see it. */
function openBrowser(/** @type {string} */ url) {
  const isSeen =
    process.stdout.isTTY &&
    process.env['CI'] === undefined &&
    (process.platform !== 'linux' ||
      process.env['DISPLAY'] !== undefined ||
      process.env['WAYLAND_DISPLAY'] !== undefined);
  if (!isSeen) return;
  /** @type {[string, string[]]} */
  const command =
    process.platform === 'win32'
      ? ['cmd', ['/c', 'start', '', url]]
      : process.platform === 'darwin'
        ? ['open', [url]]
        : ['xdg-open', [url]];
  spawn(command[0], command[1], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

async function start(/** @type {string[]} */ args) {
  const runtime = args.includes('--web') ? { reason: '' } : await decideRuntime();
  if ('binary' in runtime) {
    // The shell starts its engine again by itself.
    keepRunning(runtime.binary, [root, ...args]);
    return;
  }
  if (runtime.reason !== '') say(`${runtime.reason}, so Beacon serves the same application to a browser.`);
  let isOpened = false;
  const portal = portalMemory();
  keepRunning(findNode(), [...ENGINE_FLAGS, at('out/main/host.js'), 'start', ...args], {
    againAfter: ADDRESS,
    argsAgain: ([, , , port = '']) => ['--port', port, ...portal.argsAgain()],
    onLine: (line) => {
      portal.onLine(line);
      const url = ADDRESS.exec(line)?.[1];
      if (url === undefined || isOpened) return;
      isOpened = true;
      openBrowser(url);
    },
  });
}

/** Answers what can be answered before anything is installed. */
function tell(/** @type {string | undefined} */ command, /** @type {string[]} */ args) {
  if (args.includes('--version')) return JSON.parse(readFileSync(at('package.json'), 'utf8')).version;
  const isOwn = command !== 'sim';
  return args.includes('--help') && isOwn
    ? readFileSync(at('main', 'help', `${command ?? 'start'}.txt`), 'utf8').trimEnd()
    : undefined;
}

async function main(/** @type {string[]} */ [first, ...rest]) {
  const command = ['engine', 'sim', 'county'].find((name) => name === first);
  const args = command === undefined && first !== undefined ? [first, ...rest] : rest;
  const told = tell(command, args);
  if (told !== undefined) {
    say(told);
    return;
  }
  ensureDependencies();
  ensureBuild();
  if (command === 'county') keepRunning(findNode(), [at('out/main/host.js'), 'county', ...args]);
  else if (command === 'engine') {
    const { onLine, argsAgain } = portalMemory();
    keepRunning(findNode(), [...ENGINE_FLAGS, at('out/main/host.js'), 'engine', ...args], {
      againAfter: ADDRESS,
      argsAgain: ([, , address = '', port = '']) => ['--listen', `${address}:${port}`, ...argsAgain()],
      onLine,
    });
  } else if (command === 'sim')
    keepRunning(findNode(), [
      at('out/main/simulator.js'),
      ...(['run', 'generate'].includes(args[0] ?? '') ? args : ['run', ...args]),
    ]);
  else await start(args);
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
