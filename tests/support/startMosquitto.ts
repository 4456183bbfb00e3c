import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';

const PROGRAM =
  ['/usr/sbin/mosquitto', '/usr/bin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'].find(
    (path) => existsSync(path),
  ) ?? 'mosquitto';

type MosquittoOptions = {
  port?: number;
  /** PEM text; the listener then speaks TLS. */ tls?: { cert: string; key: string };
  user?: { name: string; password: string };
  /** Lines of the configuration that limit the broker's queues. */ settings?: readonly string[];
  /** Lines of the file of rights, as `topic readwrite a/#`; without them everybody may do everything. */
  rights?: readonly string[];
};
export type Mosquitto = {
  port: number;
  pid: () => number;
  url: string;
  stop: () => Promise<void>;
  /** Starts it again on the same port, with what it had kept. */ start: () => Promise<void>;
  /** Adds an account, which applies from now on. */ addUser: (name: string, password: string) => void;
  /** Sets other rights, which apply from the next start on. */ setRights: (rights: readonly string[]) => void;
};

function configuration(
  folder: string,
  port: number,
  { tls, user, rights, settings = ['max_queued_messages 0'] }: MosquittoOptions,
): string {
  const lines = [
    `listener ${String(port)} 127.0.0.1`,
    'persistence true',
    `persistence_location ${folder}/`,
    'user root',
    ...settings,
  ];
  if (tls !== undefined) {
    writeFileSync(join(folder, 'cert.pem'), tls.cert);
    writeFileSync(join(folder, 'key.pem'), tls.key);
    lines.push(`certfile ${folder}/cert.pem`, `keyfile ${folder}/key.pem`);
  }
  if (rights !== undefined) {
    writeFileSync(join(folder, 'rights'), rights.join('\n'));
    lines.push(`acl_file ${folder}/rights`);
  }
  if (user === undefined) lines.push('allow_anonymous true');
  else {
    spawnSync('mosquitto_passwd', ['-b', '-c', join(folder, 'passwords'), user.name, user.password]);
    lines.push('allow_anonymous false', `password_file ${folder}/passwords`);
  }
  return lines.join('\n');
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 1200; attempt++) {
    const isUp = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).on('error', () => resolve(false));
    });
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Mosquitto does not answer at port ${String(port)}`);
}

/** Starts a real Mosquitto on loopback, with its store in a folder of its own that `dispose` removes. */
export async function startMosquitto(
  options: MosquittoOptions = {},
): Promise<Mosquitto & { dispose: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-mosquitto-'));
  const port = options.port ?? (await freePort());
  writeFileSync(join(folder, 'mosquitto.conf'), configuration(folder, port, options));
  let child: ReturnType<typeof spawn> | undefined;
  const start = async (): Promise<void> => {
    child = spawn(PROGRAM, ['-c', join(folder, 'mosquitto.conf')], { stdio: 'ignore' });
    await answers(port);
  };
  const stop = async (): Promise<void> => {
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    if (child?.kill() === true) await ended;
    child = undefined;
  };
  await start();
  // A test run that is stopped in the middle must leave no broker behind.
  const end = (): void => void child?.kill();
  process.once('exit', end);
  const dispose = async (): Promise<void> => {
    process.off('exit', end);
    if (child !== undefined) await stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return {
    port,
    url: `${options.tls === undefined ? 'mqtt' : 'mqtts'}://127.0.0.1:${String(port)}`,
    pid: () => child?.pid ?? 0,
    start,
    stop,
    addUser(name, password) {
      spawnSync('mosquitto_passwd', ['-b', join(folder, 'passwords'), name, password]);
      child?.kill('SIGHUP');
    },
    setRights(rights) {
      writeFileSync(join(folder, 'rights'), rights.join('\n'));
    },
    dispose,
  };
}
