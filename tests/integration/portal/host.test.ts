import { readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { generate } from 'selfsigned';
import { expect, it, onTestFinished } from 'vitest';
import { openScreen } from '../../support/openScreen.ts';
import { postForm } from '../../support/openPortal.ts';
import { startFaultBench } from '../../support/startFaultBench.ts';
import { eventually, runScript } from '../../support/startHost.ts';
import { startEngine } from '../../support/startEngine.ts';
import type { RunningEngine } from '../../support/startEngine.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const portalOf = (engine: RunningEngine): Promise<string> =>
  eventually('The address of the portal', () => /^The citizens' portal is at (\S+)$/m.exec(engine.output())?.[1]);

async function start(): Promise<{ engine: RunningEngine; portal: string; brokerUrl: string; dataDir: string }> {
  const bench = await startFaultBench();
  const { url: brokerUrl, countyDir, dataDir } = bench;
  const engine = await startEngine({ brokerUrl, countyDir, dataDir, more: ['--portal', '127.0.0.1:0'] });
  onTestFinished(async () => {
    await engine.stop();
  });
  const portal = await portalOf(engine);
  await eventually(
    'The portal',
    async () => (await (await fetch(`${portal}/en`)).text()).includes('Nothing is published') || undefined,
  );
  return { engine, portal, brokerUrl, dataDir };
}

/** The process of the portal: the child of the host that runs its entry. */
function portalPid(host: number): number | undefined {
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const parent = / (\d+) /.exec(readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) \S/, ''))?.[1];
      if (Number(parent) === host && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('portal.js'))
        return Number(name);
    } catch {
      // It has ended meanwhile.
    }
  }
  return undefined;
}

it('a report by the portal calls an operator, is answered from the control room, and survives the engine', async () => {
  const { engine, portal } = await start();
  const screen = await openScreen(engine.url);
  const sent = await postForm(`${portal}/es/report/debris`, { address: 'Main Street', words: 'Una rama grande' });
  expect(sent.status).toBe(303);
  const number = /requests\/([0-9A-Z-]+)\?/.exec(sent.headers.get('location') ?? '')?.[1] ?? '';
  const alarm = await eventually('The alarm', () =>
    [...(screen.stream('alarms').get()?.values() ?? [])].find(({ subject }) => subject.id === number),
  );
  expect(alarm).toMatchObject({ rule: 'citizen.report', place: 'Main Street', cause: 'Una rama grande' });
  const incidentId = (
    await screen.request('incident.open', {
      type: 'debris',
      priority: 3,
      title: 'Branch',
      place: 'Main Street',
      alarmIds: [alarm.id],
    })
  ).incidentId;
  await screen.request('serviceRequest.link', { number, incidentId });
  await screen.request('serviceRequest.answer', { number, state: 'underWay', reason: 'A crew is on its way.' });
  await eventually(
    'The answer',
    async () =>
      (await (await fetch(`${portal}/en/requests/${number}`)).text()).includes('A crew is on its way.') || undefined,
  );
  await expect
    .poll(() => screen.stream('serviceRequests').get()?.get(number))
    .toMatchObject({ state: 'underWay', incidentId });
  expect(JSON.stringify(await screen.request('record.list', { limit: 50 }))).not.toMatch(/"keyHash":"[0-9a-f]{64}"/);
});

it('a report of another system by MQTT becomes a request of its own number', async () => {
  const { portal, brokerUrl } = await start();
  const publisher = await connectAsync(brokerUrl);
  onTestFinished(() => publisher.endAsync());
  const say = (id: string, category: string): Promise<unknown> =>
    publisher.publishAsync(
      `beacon/v1/report/${id}`,
      JSON.stringify({ at: Date.now(), category, text: 'Water on the road' }),
      { qos: 1 },
    );
  const listed = async (): Promise<string[] | null> =>
    (await (await fetch(`${portal}/en/requests`)).text()).match(/href="\/en\/requests\/[0-9A-Z]{5}-[0-9A-Z]{5}"/g);
  await eventually('The request', async () => {
    await say('R-1', 'flooding');
    return (await listed())?.length === 1 || undefined;
  });
  await say('R-1', 'flooding');
  await say('R-2', 'a category of their own');
  await eventually('The second request', async () => (await listed())?.length === 2 || undefined);
  const rows = (await (await fetch(`${portal}/open311/v2/requests.json`)).json()) as { service_code: string }[];
  expect(rows.map((row) => row.service_code).sort()).toEqual(['flooding', 'other']);
});

it.skipIf(process.platform !== 'linux')(
  'a portal that is killed comes back at its address, and the control room does not notice',
  async () => {
    const { engine, portal, dataDir } = await start();
    const screen = await openScreen(engine.url);
    const first = portalPid(engine.pid);
    expect(first).toBeGreaterThan(0);
    process.kill(first ?? Number.NaN, 'SIGKILL');
    await eventually('The portal again', async () =>
      fetch(`${portal}/en`).then(
        async (answer) => (await answer.text()).includes('Nothing is published') || undefined,
        () => undefined,
      ),
    );
    expect(portalPid(engine.pid)).not.toBe(first);
    expect(screen.connection.get().state).toBe('open');
    const folder = `/proc/${String(portalPid(engine.pid))}/fd`;
    const open = readdirSync(folder).map((name) => readlinkSync(join(folder, name)));
    expect(open.filter((path) => path.startsWith(dataDir))).toEqual([]);
  },
);

it.each([
  [['--portal', '0.0.0.0:8443'], 'which needs --portal-cert and --portal-key'],
  [['--portal', 'everywhere'], 'is not an address like 127.0.0.1:4681'],
  [['--portal', '0.0.0.0:8443', '--portal-cert', '/none.pem'], '--portal-cert /none.pem cannot be read'],
  [['--portal-proxy', 'everybody'], 'is not an address or a range like 10.0.0.0/8'],
])('%s is refused in a sentence', async (args, sentence) => {
  const run = runScript('out/main/host.js', ['start', '--data', temporaryFolder(), ...args]);
  const { code, errors } = await run.ended;
  expect([code, errors]).toEqual([2, expect.stringContaining(sentence)]);
});

it('another address than loopback is served with TLS', async () => {
  const folder = temporaryFolder();
  const pem = await generate([{ name: 'commonName', value: 'localhost' }], { algorithm: 'sha256' });
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, pem.cert);
  writeFileSync(key, pem.private);
  const { url: brokerUrl, countyDir, dataDir } = await startFaultBench();
  const more = ['--portal', '0.0.0.0:0', '--portal-cert', cert, '--portal-key', key];
  const engine = await startEngine({ brokerUrl, countyDir, dataDir, more });
  onTestFinished(async () => {
    await engine.stop();
  });
  const url = new URL(await portalOf(engine));
  expect(url.protocol).toBe('https:');
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: url.port, path: '/en', ca: pem.cert, servername: 'localhost' }, (answer) =>
      resolve([answer.statusCode, answer.headers['strict-transport-security'] !== undefined]),
    )
      .on('error', reject)
      .end();
  });
  expect(status).toEqual([200, true]);
});
