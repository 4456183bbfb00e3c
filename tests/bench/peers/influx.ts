import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { freePort } from '../../support/freePort.ts';
import { runPeer } from './runPeer.ts';
import type { Peer } from './runPeer.ts';

const GATHER_MS = 50;

const configuration = (folder: string, port: number, rpcPort: number): string => `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[http]
  bind-address = "127.0.0.1:${port}"
  log-enabled = false
  max-body-size = 0
`;

type Reading = { at: number; registerKwh: number; voltageV: number };

/**
 * Starts InfluxDB. It has no MQTT, so a forwarder in this process collects readings and writes them to it by HTTP, one
 * request at a time.
 */
export async function startInflux(folder: string, brokerPort: number): Promise<Peer> {
  const own = join(folder, 'influx');
  mkdirSync(own);
  const port = await freePort();
  writeFileSync(join(own, 'influx.conf'), configuration(own, port, await freePort()));
  const url = `http://127.0.0.1:${port}`;
  const stop = await runPeer('influxd', ['run', '-config', join(own, 'influx.conf')], `${url}/ping`);
  await fetch(`${url}/query?q=${encodeURIComponent('CREATE DATABASE county')}`, { method: 'POST' });
  let [received, lines] = [0, [] as string[]];
  const client = await connectAsync(`mqtt://127.0.0.1:${brokerPort}`);
  client.on('message', (topic, payload) => {
    const { at, registerKwh, voltageV } = JSON.parse(payload.toString()) as Reading;
    lines.push(`meter,id=${topic.slice(16)} registerKwh=${registerKwh},voltageV=${voltageV} ${at}`);
  });
  await client.subscribeAsync('beacon/v1/meter/+');
  const life = { isOver: false };
  const writing = (async () => {
    while (!life.isOver) {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
      const batch = lines;
      lines = [];
      if (
        batch.length > 0 &&
        (await fetch(`${url}/write?db=county&precision=ms`, { method: 'POST', body: batch.join('\n') })).ok
      )
        received += batch.length;
    }
  })();
  return {
    received: () => Promise.resolve(received),
    async stop() {
      life.isOver = true;
      await writing;
      await client.endAsync(true);
      await stop();
    },
  };
}
