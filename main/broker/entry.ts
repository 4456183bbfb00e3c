import { mkdirSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { Aedes } from 'aedes';
import type { AedesOptions, Client } from 'aedes';
import { ClassicLevel } from 'classic-level';
import { shownName, topicFault } from '../../shared/wire/names.ts';
import { stopWithParent } from '../stopWithParent.ts';
import { mayPublish, readUsers, userOf } from './access.ts';
import type { BrokerUsers } from './access.ts';
import { boundPackets } from './bounds.ts';
import { DiskPersistence } from './DiskPersistence.ts';
import type { Level } from './Journal.ts';

/**
 * The embedded broker in a process of its own: MQTT 3.1.1 on loopback; sessions, retained messages and messages that
 * wait for absent clients are kept on disk. The process that starts it gives it the passwords of its users (see
 * access.ts); without them every program on this machine may connect. It writes `{"listening":PORT}` to standard output
 * when it is ready, or a sentence to standard error when it cannot start.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string', default: '0' } } });

const MOST_PARALLEL = 1000;
/** Packets of one client that may wait until its connection is accepted. */
const MOST_EARLY_PACKETS = 5000;

const warn = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

function fail(sentence: string): never {
  warn(sentence);
  process.exit(1);
}

/**
 * Sets a damaged store aside under a name that is reported, and begins a new one: what it held can be sent again,
 * whereas a broker that does not start is of no use.
 */
async function openLevel(dir: string): Promise<Level> {
  mkdirSync(dir, { recursive: true });
  const level: Level = new ClassicLevel(dir, { valueEncoding: 'buffer' });
  try {
    await level.open();
    return level;
  } catch (error) {
    const code = (error as { cause?: { code?: string } }).cause?.code;
    if (code === 'LEVEL_LOCKED')
      fail(`Another Beacon uses the data folder of ${dir}. Stop it, or choose another folder with --data DIR.`);
    if (code !== 'LEVEL_CORRUPTION') throw error;
    const aside = `${dir}.damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(dir, aside);
    warn(`The broker's store was damaged. It was set aside as ${aside}, and a new one begun.`);
    return openLevel(dir);
  }
}

/**
 * Aedes remembers the highest number that each client was sent and withholds every lower one as a duplicate. But a QoS
 * 0 message overtakes a QoS 1 message that is being stored, and the latter would wait for the client's next connection.
 * With this proxy a client's highest number is forgotten, so that it gets each message.
 */
const forgetful = new Proxy<Record<string, number>>({}, { get: () => 0, set: () => true });

function acceptClient(
  client: Client,
  _packet: unknown,
  accept: (error: Error | null, isAccepted: boolean) => void,
): void {
  Object.assign(client, { duplicates: forgetful });
  accept(null, true);
}

type Access = Required<Pick<AedesOptions, 'authenticate' | 'authorizePublish'>> & {
  isLetIn: (client: Client) => boolean;
};

/** Lets in clients with a password, where there are any, and takes messages on the topics that are a client's own. */
function access(users: BrokerUsers | undefined, persistence: DiskPersistence): Access {
  const letIn = new WeakMap<Client, keyof BrokerUsers>();
  return {
    isLetIn: (client) => letIn.has(client),
    authenticate(client, name, password, done) {
      const user = users === undefined ? 'engine' : userOf(users, client.id, name, password);
      if (user !== undefined) letIn.set(client, user);
      else warn(`a client ${shownName(client.id)} was refused: user name, password or client id are not right`);
      done(null, user !== undefined);
    },
    authorizePublish(client, packet, accept) {
      const user = client === null ? undefined : letIn.get(client);
      const fault = topicFault(packet.topic);
      if (packet.topic.startsWith('$SYS/')) accept(new Error("Topics below $SYS are the broker's own."));
      else if (fault !== undefined) accept(new Error(fault));
      else if (users !== undefined && user !== undefined && !mayPublish(user, packet.topic))
        accept(new Error(`${shownName(packet.topic)} is not published by ${user}.`));
      else if (packet.qos !== 1) accept();
      else persistence.storeAhead(packet).then(() => accept(), accept);
    },
  };
}

async function run(dir: string, port: number): Promise<void> {
  const level = await openLevel(dir);
  const persistence = new DiskPersistence(level, warn);
  const { isLetIn, authenticate, authorizePublish } = access(readUsers(process.env), persistence);
  const broker = await Aedes.createBroker({
    persistence,
    authenticate,
    authorizePublish,
    preConnect: acceptClient,
    concurrency: MOST_PARALLEL,
    queueLimit: MOST_EARLY_PACKETS,
  });
  for (const will of await persistence.takeOrphanedWills()) broker.publish(will, () => undefined);
  const server = createServer((socket) => {
    socket.setNoDelay(true);
    const client = broker.handle(socket);
    boundPackets(socket, () => isLetIn(client), warn);
  });
  broker.on('clientError', (client, error) => warn(`client ${shownName(client.id)}: ${error.message}`));
  server.on('error', (error: NodeJS.ErrnoException) =>
    fail(
      error.code === 'EADDRINUSE'
        ? `Port ${String(port)} of the embedded broker is in use. Choose another with --broker-port N.`
        : `The embedded broker cannot listen: ${error.message}`,
    ),
  );
  server.listen(port, '127.0.0.1', () =>
    process.stdout.write(`${JSON.stringify({ listening: (server.address() as AddressInfo).port })}\n`),
  );
  stopWithParent(() => {
    server.close();
    broker.close(() => void level.close().finally(() => process.exit(0)));
  });
}

if (values.data === undefined) fail('The broker needs --data DIR.');
run(values.data, Number(values.port)).catch((error: unknown) =>
  fail(
    `The embedded broker cannot use ${String(values.data)}: ${error instanceof Error ? error.message : String(error)}`,
  ),
);
