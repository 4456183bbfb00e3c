import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { DAY_MS, HOUR_MS } from '../../../shared/base/durations.ts';
import { qualityCode } from '../../../shared/base/quality.ts';
import { makeMeters } from '../../support/makeCounty.ts';
import { openPortal, postForm } from '../../support/openPortal.ts';
import type { OpenPortal } from '../../support/openPortal.ts';
import { hasRealData, realData } from '../../support/realData.ts';
import { openTelemetryPair } from '../../support/telemetryPair.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { batchOf } from '../../unit/main/engine/store/samples/telemetryBatches.ts';

/** Noon of the clock in openPortal. */
const NOON_MS = Date.UTC(2026, 5, 1, 12);
const WATER_ID = 'W-secret-1';
const [CODE, OTHER_CODE] = ['4K7QM2F9XH', '8ZZQM2F9XA'];
const profile = {
  id: 'test',
  name: 'Test County',
  timeZone: 'America/Chicago',
  displayUnits: 'us',
  population: 1000,
  bounds: [-1, -1, 1, 1],
  center: [0, 0],
  nominalVoltageV: 120,
  simulated: true,
} as const;

/** A portal of a county with two accounts, over a real cache: ten liters of water per hour, and two kWh. */
async function openWithUse(): Promise<OpenPortal> {
  const cache = openTelemetryPair(temporaryFolder(), NOON_MS);
  onTestFinished(() => cache.close());
  const hours = Array.from({ length: 3 * 24 + 1 }, (_, at) => NOON_MS - 3 * DAY_MS + at * HOUR_MS);
  const series = [
    { series: 1, perHour: 0.01 },
    { series: 2, perHour: 2 },
  ];
  const samples = series.flatMap(({ series: id, perHour }) =>
    hours.flatMap((atMs, at) => {
      // Two days ago five reads are missing, and one cannot be trusted.
      if (at > 20 && at < 26) return [];
      const isSuspect = at === 30;
      const value = isSuspect ? 1e6 : 100 + at * perHour;
      return [{ series: id, atMs, value, quality: isSuspect ? qualityCode.suspect : qualityCode.good }];
    }),
  );
  cache.writer.commit(
    batchOf(samples, {
      newSeries: [
        { id: 1, deviceId: WATER_ID, quantity: 'registerM3' },
        { id: 2, deviceId: 'E-secret-2', quantity: 'registerKwh' },
      ],
    }),
    NOON_MS,
  );
  const [water] = makeMeters(1, 'water', 'Z1');
  const [electricity] = makeMeters(1, 'electricity', 'F1');
  if (water === undefined || electricity === undefined) throw new Error('There are no meters.');
  const customerClass = 'singleFamily' as const;
  return openPortal(
    {},
    {
      profile: { ...profile, bounds: [-1, -1, 1, 1], center: [0, 0] },
      meters: [
        { ...water, id: WATER_ID },
        { ...electricity, id: 'E-secret-2' },
      ],
      accounts: [
        { id: '1000-1', meters: [WATER_ID], customerClass, code: CODE },
        { id: '1000-2', meters: ['E-secret-2'], customerClass, code: OTHER_CODE },
        { id: '1000-3', meters: ['E-secret-2'], customerClass },
      ],
    },
    { query: (asked) => Promise.resolve(cache.query(asked)) },
  );
}

const signIn = (portal: OpenPortal, account: string, code: string, cookie = ''): Promise<Response> =>
  postForm(`${portal.url}/en/use`, { account, code }, cookie === '' ? {} : { cookie });
const cookieOf = (answer: Response): string => (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
const read = async (portal: OpenPortal, path: string, cookie: string): Promise<string> =>
  (await fetch(`${portal.url}${path}`, { headers: { cookie }, redirect: 'manual' })).text();

it('shows the own use by hour, day and month with how it is known, after number and code of the bill', async () => {
  const portal = await openWithUse();
  const answer = await signIn(portal, '1000 1', '4k7qm-2f9xh');
  expect(answer.status).toBe(303);
  expect(answer.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/);
  const cookie = cookieOf(answer);
  const days = await read(portal, '/en/use', cookie);
  // A local day of 24 times ten liters, in gallons.
  expect(days).toMatch(/63\.4 gal/);
  expect(days).toContain('partly estimated');
  expect(days).toContain('Water has flowed for 24 hours without a pause, at least 2.6 gal per hour.');
  expect(days).not.toContain('E-secret-2');
  expect(await read(portal, '/es/use?step=hour', cookie)).toMatch(/2\.6 gal[\s\S]*medido/);
  expect(await read(portal, '/en/use?step=month', cookie)).toContain('June 2026');
  const csv = (await read(portal, '/en/use/use.csv?step=hour', cookie)).split('\r\n');
  expect(csv[0]).toBe('account,meter,commodity,start,end,use,unit,quality');
  expect(csv.at(-2)).toBe(`1000-1,${WATER_ID},water,2026-06-01T11:00:00Z,2026-06-01T12:00:00Z,0.010,m3,good`);
  expect(csv.filter((row) => row.endsWith(',estimated'))).toHaveLength(6);
  const kept = await fetch(`${portal.url}/en/use`, { headers: { cookie } });
  expect(kept.headers.get('cache-control')).toBe('no-store');
});

it('adds another account to a session, whose old token then opens nothing, and ends it', async () => {
  const portal = await openWithUse();
  const first = cookieOf(await signIn(portal, '1000-1', CODE));
  const both = cookieOf(await signIn(portal, '1000-2', OTHER_CODE, first));
  const page = await read(portal, '/en/use', both);
  for (const id of ['Account 1000-1', 'Account 1000-2', 'E-secret-2']) expect(page).toContain(id);
  expect(page).toMatch(/48\.0 kWh/);
  expect(await read(portal, '/en/use', first)).not.toContain('1000-1');
  await postForm(`${portal.url}/en/use/end`, {}, { cookie: both });
  expect(await read(portal, '/en/use', both)).toContain('Code on your newest bill');
});

it('gives nothing of anybody without a session, and refuses wrong codes alike, five times', async () => {
  const portal = await openWithUse();
  for (const path of ['/en/use', '/en/use?step=hour', '/en/use/use.csv', '/en/use/green-button.xml'])
    for (const cookie of ['', 'account=aaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'account='])
      expect(await read(portal, path, cookie), path).not.toMatch(/secret|1000-/);
  const texts = await Promise.all(
    [
      ['1000-9', CODE],
      ['1000-1', OTHER_CODE],
      ['1000-3', ''],
    ].map(async ([account = '', code = '']) => (await signIn(portal, account, code || 'NOCODE00')).text()),
  );
  for (const text of texts) expect(text).toContain('The number and the code do not belong together.');
  for (let wrong = 0; wrong < 4; wrong++) await signIn(portal, '1000-1', `WRONG000${String(wrong)}`);
  const closed = await signIn(portal, '1000-1', CODE);
  expect([closed.status, closed.headers.get('set-cookie')]).toEqual([503, null]);
  for (let wrong = 0; wrong < 4; wrong++) await signIn(portal, '1000-9', `WRONG000${String(wrong)}`);
  expect((await signIn(portal, '1000-9', CODE)).status).toBe(503);
  expect((await signIn(portal, '1000-2', OTHER_CODE)).status).toBe(303);
  expect(portal.entries).toEqual([]);
});

it('says that nothing can be seen where the county has no accounts', async () => {
  const portal = await openPortal();
  expect(await read(portal, '/en/use', '')).toContain('does not show the use of customers here yet');
  expect((await signIn(portal, '1000-1', CODE)).status).toBe(403);
});

const hasSchemas = hasRealData('greenbutton');

it.skipIf(!hasSchemas)(
  'a Green Button file of water and electricity is what the schemas of ESPI 4.0 have',
  async () => {
    const portal = await openWithUse();
    const first = cookieOf(await signIn(portal, '1000-1', CODE));
    const cookie = cookieOf(await signIn(portal, '1000-2', OTHER_CODE, first));
    const file = (name: string): string => readFileSync(realData('greenbutton', name), 'utf8');
    // The schema names its own types without a prefix, which needs its namespace as the default one.
    const espi = file('espi_v4.xsd').replace('<xs:schema', '<xs:schema xmlns="http://naesb.org/espi"');
    const preload = [
      { fileName: 'xml.xsd', contents: file('xml.xsd') },
      { fileName: 'espi_v4.xsd', contents: espi },
      { fileName: 'atom.xsd', contents: file('atom.xsd').replace('http://www.w3.org/2001/03/xml.xsd', 'xml.xsd') },
    ];
    const both = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
    <xs:import namespace="http://www.w3.org/2005/Atom" schemaLocation="atom.xsd"/>
    <xs:import namespace="http://naesb.org/espi" schemaLocation="espi_v4.xsd"/></xs:schema>`;
    for (const account of ['1000-1', '1000-2']) {
      const contents = await read(portal, `/en/use/green-button.xml?account=${account}`, cookie);
      const result = await validateXML({
        xml: [{ fileName: 'feed.xml', contents }],
        schema: [{ fileName: 'both.xsd', contents: both }],
        preload,
      });
      expect([result.valid, result.errors]).toEqual([true, []]);
      const resources = [...contents.matchAll(/<content type="application\/xml">(.*?)<\/content>/gs)];
      expect(resources).toHaveLength(5);
      for (const [, resource = ''] of resources) {
        const { valid, errors } = await validateXML({
          xml: [{ fileName: 'resource.xml', contents: resource }],
          schema: [{ fileName: 'espi_v4.xsd', contents: espi }],
          preload,
        });
        expect([valid, errors], resource).toEqual([true, []]);
      }
    }
    const water = await read(portal, '/en/use/green-button.xml?account=1000-1', cookie);
    expect(water).toContain('<ServiceCategory><kind>2</kind></ServiceCategory>');
    // Ten liters from eleven to noon, in UTC seconds, and estimated hours by their code.
    expect(water).toContain(
      `<timePeriod><duration>3600</duration><start>${String(NOON_MS / 1000 - 3600)}</start></timePeriod><value>10</value>`,
    );
    expect(water.match(/<quality>9<\/quality>/g)).toHaveLength(6);
    expect(water).toContain('<dstStartRule>360E2000</dstStartRule><tzOffset>-21600</tzOffset>');
  },
);
