import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../support/startEngine.ts';
import { startFaultBench } from '../support/startFaultBench.ts';
import { runScript } from '../support/startHost.ts';

const PACKAGING = resolve(import.meta.dirname, '../../packaging');
const status = (url: string) => runScript('main/start.mjs', ['engine', 'status', '--url', url]).ended;

it('status says how a running engine is, and monitoring takes its exit code', async () => {
  const { url: brokerUrl, countyDir, dataDir } = await startFaultBench();
  const engine = await startEngine({ brokerUrl, countyDir, dataDir });
  onTestFinished(async () => {
    await engine.kill();
  });
  const { code, output } = await status(engine.url);
  expect(output).toMatch(/^(OK|WARNING): Beacon \d+\.\d+\.\d+\S* at http:\/\/127\.0\.0\.1:\d+, up for \d+/);
  expect(output).toMatch(/^Broker: connected$/m);
  expect(output).toMatch(/^Store: ok; \d+ rows wait to be stored$/m);
  expect(output).toMatch(/^Disk: \d+\.\d GB free; cache \d+\.\d GB of 4\.0 GB$/m);
  expect(code).toBe(output.startsWith('OK') ? 0 : 1);

  const metrics = await (await fetch(`${engine.url}/metrics`)).text();
  for (const file of ['prometheus-rules.yml', 'grafana-dashboard.json']) {
    const names = new Set(readFileSync(resolve(PACKAGING, file), 'utf8').match(/\b(?:beacon|process)_[a-z_0-9]+\b/g));
    expect(names.size).toBeGreaterThan(5);
    // Only with TLS and with backups are there figures of these.
    const optional = new Set(['beacon_last_backup_timestamp_seconds']);
    for (const name of names) if (!optional.has(name)) expect(metrics).toContain(`# HELP ${name} `);
  }
  await engine.kill();
  const gone = await status(engine.url);
  expect(gone.output).toMatch(/^UNKNOWN: No engine answers at http/);
  expect(gone.code).toBe(3);
  expect((await status('nowhere')).code).toBe(2);
});
