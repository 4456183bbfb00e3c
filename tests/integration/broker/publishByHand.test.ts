import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { freePort } from '../../support/freePort.ts';
import { eventually, runScript, startHost } from '../../support/startHost.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const DOCUMENTED_PORT = '1883';

/** The commands of docs/topics.md that publish a message by hand. */
const lines = readFileSync(resolve(import.meta.dirname, '../../../docs/topics.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('    '))
  .map((line) => line.trim());
const lineOf = (start: string): string => lines.find((line) => line.startsWith(start)) ?? '';
const argumentsOf = (line: string): string[] => line.slice(line.indexOf(' -- ') + 4).split(' ');

async function counted(url: string, metric: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${metric}(?:\\{[^}]*beacon-traffic[^}]*\\})? (\\d+)`, 'm').exec(text)?.[1] ?? 0);
}

test('a message that is published as docs/topics.md says reaches the county, and one without the password does not', async () => {
  const home = temporaryFolder();
  const env = { HOME: home, XDG_DATA_HOME: undefined };
  const county = join(home, 'our-county');
  const port = String(await freePort());
  const here = (line: string): string => line.replaceAll('./our-county', county).replaceAll(DOCUMENTED_PORT, port);
  const { code, errors } = await runScript('main/start.mjs', ['county', ...argumentsOf(here(lineOf('npm run county')))])
    .ended;
  expect([code, errors]).toEqual([0, '']);
  const host = await startHost(['--port', '0', ...argumentsOf(here(lineOf('npm start')))], { env });
  onTestFinished(() => host.kill('SIGKILL'));
  const publish = (line: string) =>
    spawnSync('sh', ['-c', line], { env: { ...process.env, ...env }, encoding: 'utf8' });

  const line = here(lineOf('mosquitto_pub'));
  expect(publish(line.replace(/-u devices -P "[^"]*"/, ''))).toMatchObject({
    stderr: expect.stringMatching(/not authorised|refused/i),
  });
  expect(publish(line)).toMatchObject({ status: 0, stderr: '' });
  await eventually('The sample', async () => (await counted(host.url, 'beacon_samples_committed_total')) > 0);
  expect(await counted(host.url, 'beacon_messages_received_total')).toBe(1);
  expect(await counted(host.url, 'beacon_unplaced_devices')).toBe(0);
  expect(host.errors()).toContain(`Devices can connect to mqtt://127.0.0.1:${port}: user devices, password in `);
  await host.stop();
});

test('a port that is in use is named, with the option that chooses another', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await eventually('The port', () => taken.listening);
  const port = String((taken.address() as { port: number }).port);
  const data = join(temporaryFolder(), 'data');
  mkdirSync(data);
  const { code, errors } = await runScript('out/main/host.js', [
    ...['start', '--port', '0', '--scale', '0.05', '--data', data, '--broker-port', port],
  ]).ended;
  expect(code).toBe(1);
  expect(errors).toContain(`Port ${port} of the embedded broker is in use. Choose another with --broker-port N.`);
});
