import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { freePort } from '../../support/freePort.ts';
import { runPeer } from './runPeer.ts';
import type { Peer } from './runPeer.ts';

/** Readings are collected for this long into one transaction, as a person who needs the speed would configure it. */
const GATHER_MS = 50;

const gather = `
const rows = context.get('rows') || [];
const { at, registerKwh, voltageV } = JSON.parse(msg.payload);
rows.push("('" + msg.topic.slice(16) + "'," + at + ',' + registerKwh + ',' + voltageV + ')');
if (rows.length === 1) setTimeout(() => {
  context.set('rows', []);
  node.send({ topic: 'INSERT INTO readings VALUES ' + rows.join(',') });
}, ${GATHER_MS});
context.set('rows', rows);`;

function flow(brokerPort: number, file: string): object[] {
  return [
    { id: 'tab', type: 'tab', label: 'Readings' },
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port: String(brokerPort),
      protocolVersion: '4',
      keepalive: '60',
      cleansession: true,
    },
    { id: 'db', type: 'sqlitedb', db: file, mode: 'RWC' },
    {
      id: 'in',
      type: 'mqtt in',
      z: 'tab',
      topic: 'beacon/v1/meter/+',
      qos: '0',
      datatype: 'utf8',
      broker: 'broker',
      wires: [['gather']],
    },
    { id: 'gather', type: 'function', z: 'tab', func: gather, outputs: 1, wires: [['write']] },
    { id: 'write', type: 'sqlite', z: 'tab', mydb: 'db', sqlquery: 'msg.topic', wires: [[]] },
  ];
}

/** Starts Node-RED with a flow from the broker into its SQLite node. */
export async function startNodeRed(folder: string, brokerPort: number): Promise<Peer> {
  const userDir = join(folder, 'node-red');
  const file = join(userDir, 'readings.db');
  mkdirSync(userDir);
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec('CREATE TABLE readings (meter TEXT, at INTEGER, register REAL, voltage REAL)');
  const port = await freePort();
  writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow(brokerPort, file)));
  writeFileSync(
    join(userDir, 'settings.js'),
    `module.exports = { uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flows.json', logging: { console: { level: 'off' } } };`,
  );
  const stop = await runPeer(
    'node-red',
    ['--userDir', userDir, '--settings', join(userDir, 'settings.js')],
    `http://127.0.0.1:${port}/`,
  );
  const count = db.prepare<[], { rows: number | null }>('SELECT max(rowid) AS rows FROM readings');
  return {
    received: () => Promise.resolve(count.get()?.rows ?? 0),
    async stop() {
      await stop();
      if (existsSync(file)) db.close();
    },
  };
}
