import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';

const PROGRAM = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'].find((path) =>
  existsSync(path),
);

/** True if a NATS server is installed. */
export const hasNats = PROGRAM !== undefined;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

/**
 * Starts a real NATS server that speaks MQTT on loopback, with its store in a folder of its own that `dispose` removes.
 */
export async function startNats(): Promise<{ url: string; dispose: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-nats-'));
  const [port, natsPort] = [await freePort(), await freePort()];
  const configuration = [
    'server_name: county',
    `listen: 127.0.0.1:${String(natsPort)}`,
    `jetstream { store_dir: "${folder}" }`,
    `mqtt { listen: "127.0.0.1:${String(port)}" }`,
  ];
  writeFileSync(join(folder, 'nats.conf'), configuration.join('\n'));
  const child = spawn(PROGRAM ?? 'nats-server', ['-c', join(folder, 'nats.conf')], { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = (): void => void child.kill();
  process.once('exit', end);
  for (let attempt = 0; !(await answers(port)); attempt++) {
    if (attempt === 1200) throw new Error(`NATS does not answer at port ${String(port)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const dispose = async (): Promise<void> => {
    process.off('exit', end);
    if (child.kill()) await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: `mqtt://127.0.0.1:${String(port)}`, dispose };
}
