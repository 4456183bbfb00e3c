import { mkdirSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { Aedes } from 'aedes';
import persistence from 'aedes-persistence-level';
import { ClassicLevel } from 'classic-level';

/**
 * The embedded broker in a process of its own: MQTT 3.1.1 on loopback; sessions, retained messages and what waits for absent
 * clients are kept on disk. Says `{"listening":PORT}` on standard output when it is ready; a sentence on standard error when it cannot be.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '0' } } });

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

type Level = ClassicLevel<string, string>;

/** A damaged store is set aside under a name that is told, and a new one begun: what it held can be sent again, a broker that does not start cannot help. */
async function openLevel(dir: string): Promise<Level> {
  mkdirSync(dir, { recursive: true });
  const level: Level = new ClassicLevel(dir);
  try {
    await level.open();
    return level;
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause;
    if (cause?.code === 'LEVEL_LOCKED') fail(`Another Beacon uses the data folder of ${dir}. Stop it, or choose another folder with --data DIR.`);
    if (cause?.code !== 'LEVEL_CORRUPTION') throw error;
    const aside = `${dir}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(dir, aside);
    process.stderr.write(`The broker's store was damaged. It was set aside as ${aside}, and a new one begun.\n`);
    return openLevel(dir);
  }
}

async function run(dir: string, port: number): Promise<void> {
  const level = await openLevel(dir);
  const broker = await Aedes.createBroker({ persistence: persistence(level), concurrency: 1000, queueLimit: 5000 });
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    broker.handle(socket);
  });
  broker.on('clientError', (client, error) => process.stderr.write(`client ${client.id}: ${error.message}\n`));
  server.on('error', (error: NodeJS.ErrnoException) => fail(error.code === 'EADDRINUSE' ? `Port ${String(port)} of the embedded broker is in use.` : `The embedded broker cannot listen: ${error.message}`));
  server.listen(port, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ listening: (server.address() as AddressInfo).port })}\n`));
  const stop = (): void => {
    server.close();
    broker.close(() => void level.close().finally(() => process.exit(0)));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

if (values.data === undefined) fail('The broker needs --data DIR.');
run(values.data, Number(values.port)).catch((error: unknown) => fail(`The embedded broker cannot use ${String(values.data)}: ${error instanceof Error ? error.message : String(error)}`));
