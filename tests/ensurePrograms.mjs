// @ts-check
// System programs that tests and benches use. Plain JavaScript, because it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Each with the Debian package that has it. */
const PROGRAMS = {
  chromium: {
    names: ['/usr/bin/chromium', process.env['BEACON_CHROMIUM'] ?? ''],
    what: 'Chromium (or its path in BEACON_CHROMIUM)',
  },
  mosquitto: {
    names: ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'],
    what: 'Mosquitto',
  },
  'mosquitto-clients': {
    names: ['/usr/bin/mosquitto_pub', '/usr/local/bin/mosquitto_pub', '/opt/homebrew/bin/mosquitto_pub'],
    what: 'the clients of Mosquitto (mosquitto_pub)',
  },
  'nats-server': {
    names: ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'],
    what: 'NATS',
  },
};
const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;

const isMissing = (/** @type {keyof typeof PROGRAMS} */ name) =>
  !PROGRAMS[name].names.some((path) => path !== '' && existsSync(path));

/** Installs what is missing of these, or ends the process with a sentence where it cannot. */
export function ensurePrograms(/** @type {(keyof typeof PROGRAMS)[]} */ ...wanted) {
  const missing = wanted.filter(isMissing);
  if (missing.length === 0) return;
  if (!canInstall) {
    process.stderr.write(
      `This needs ${missing.map((name) => PROGRAMS[name].what).join(' and ')}. Install it and run the command again.\n`,
    );
    process.exit(1);
  }
  const { status, stderr } = install(missing);
  if (status === 0) return;
  process.stderr.write(`${stderr}\nThe packages above could not be installed.\n`);
  process.exit(1);
}

/** Installs a program where that is possible; the tests that want it are skipped otherwise, and say so. */
export function tryProgram(/** @type {keyof typeof PROGRAMS} */ name) {
  if (canInstall && isMissing(name)) install([name]);
}

function install(/** @type {string[]} */ missing) {
  process.stdout.write(`Installing ${missing.join(' and ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  return spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    encoding: 'utf8',
    env,
  });
}
