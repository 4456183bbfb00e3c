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
};

/** Installs what is missing of these, or ends the process with a sentence where it cannot. */
export function ensurePrograms(/** @type {(keyof typeof PROGRAMS)[]} */ ...wanted) {
  const missing = wanted.filter((name) => !PROGRAMS[name].names.some((path) => path !== '' && existsSync(path)));
  if (missing.length === 0) return;
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!canInstall) {
    process.stderr.write(
      `This needs ${missing.map((name) => PROGRAMS[name].what).join(' and ')}. Install it and run the command again.\n`,
    );
    process.exit(1);
  }
  process.stdout.write(`Installing ${missing.join(' and ')} …\n`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
  const { status, stderr } = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], {
    encoding: 'utf8',
    env,
  });
  if (status === 0) return;
  process.stderr.write(`${stderr}\nThe packages above could not be installed.\n`);
  process.exit(1);
}
