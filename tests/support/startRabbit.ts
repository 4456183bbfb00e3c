import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.ts';

const [PROGRAM] = globSync('/usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server');

/** True if RabbitMQ is installed with a version that knows MQTT 3.1.1 alone; from 3.13 on it knows MQTT 5. */
export const hasOldRabbit = PROGRAM !== undefined && /rabbitmq_server-3\.(?:\d|1[012])\./.test(PROGRAM);

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });

/**
 * Starts a real RabbitMQ with its MQTT plugin on loopback, with its store in a folder of its own that
 * `dispose` removes, and with a port mapper of its own, which would otherwise stay behind.
 */
export async function startRabbit(): Promise<{ url: string; dispose: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'beacon-rabbit-'));
  mkdirSync(join(folder, 'mnesia'));
  const [port, mapperPort, nodePort] = [await freePort(), await freePort(), await freePort()];
  writeFileSync(join(folder, 'plugins'), '[rabbitmq_mqtt].\n');
  writeFileSync(
    join(folder, 'rabbitmq.conf'),
    `listeners.tcp = none\nmqtt.listeners.tcp.1 = 127.0.0.1:${String(port)}\nmqtt.allow_anonymous = true\n`,
  );
  const env = {
    ...process.env,
    HOME: folder,
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `beacon-${String(port)}@localhost`,
    RABBITMQ_DIST_PORT: String(nodePort),
    RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
    RABBITMQ_LOGS: '-',
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'plugins'),
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
    RABBITMQ_PID_FILE: join(folder, 'pid'),
  };
  const child = spawn(PROGRAM ?? 'rabbitmq-server', [], { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const end = (): void => {
    try {
      process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')));
    } catch {
      child.kill();
    }
    spawnSync('epmd', ['-kill'], { env });
  };
  process.once('exit', end);
  for (let attempt = 0; !(await answers(port)); attempt++) {
    if (attempt === 1200) throw new Error(`RabbitMQ does not answer at port ${String(port)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const dispose = async (): Promise<void> => {
    process.off('exit', end);
    try {
      process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')));
      await ended;
    } finally {
      spawnSync('epmd', ['-kill'], { env });
      if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
    }
  };
  return { url: `mqtt://127.0.0.1:${String(port)}`, dispose };
}
