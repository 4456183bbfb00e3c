import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { openPortal, postForm } from '../../support/openPortal.ts';
import type { OpenPortal } from '../../support/openPortal.ts';
import { administrator, person } from '../../support/people.ts';
import { hasRealData, realData } from '../../support/realData.ts';

const V2 = '/open311/v2';
type Row = Record<string, string | number | null>;

const json = async (answer: Response): Promise<Row[]> => (await answer.json()) as Row[];
const get = (portal: OpenPortal, path: string): Promise<Response> => fetch(`${portal.url}${path}`);

/** The text of each element of a name, in order; an element without content is empty. */
const texts = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}(?:/>|>([^<]*)</${name}>)`, 'g'))].map(([, text]) => text ?? '');

async function openWithKey(): Promise<{ portal: OpenPortal; apiKey: string }> {
  const portal = await openPortal();
  const { key } = await portal.keys.issue(administrator, 'An application');
  return { portal, apiKey: key };
}

const pothole = { service_code: 'pothole', lat: '0.0012', long: '0.0012', description: 'Deep & <wide>' };

async function post(portal: OpenPortal, fields: Record<string, string>, form = 'json'): Promise<Response> {
  return postForm(`${portal.url}${V2}/requests.${form}`, fields);
}

describe.skipIf(!hasRealData('open311'))('answers that the schemas of the specification have', () => {
  const schema = (name: string): object => JSON.parse(readFileSync(realData('open311', name), 'utf8')) as object;
  const check = (name: string, value: unknown): void => {
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
    expect(ajv.validate(schema(name), value), ajv.errorsText()).toBe(true);
  };

  it('for services, their questions and requests', async () => {
    const { portal, apiKey } = await openWithKey();
    const services = await json(await get(portal, `${V2}/services.json`));
    expect(services.length).toBeGreaterThan(5);
    for (const service of services) check('service.schema.json', service);
    for (const { service_code: code, metadata } of services) {
      const definition = (await (await get(portal, `${V2}/services/${String(code)}.json`)).json()) as {
        attributes: unknown[];
      };
      check('service-definition.schema.json', definition);
      expect(definition.attributes.length > 0).toBe(metadata);
    }
    await post(portal, { ...pothole, api_key: apiKey });
    const [request] = await json(await get(portal, `${V2}/requests.json`));
    check('request.schema.json', request);
  });
});

describe('a request that was posted', () => {
  it('comes back by every verb in both formats, with its words for the program that posted it alone', async () => {
    const { portal, apiKey } = await openWithKey();
    for (const form of ['json', 'xml'] as const) {
      const answer = await post(portal, { ...pothole, api_key: apiKey, 'attribute[surface]': 'lane' }, form);
      expect(answer.status).toBe(201);
      const body = await answer.text();
      const number =
        form === 'json'
          ? String((JSON.parse(body) as Row[])[0]?.['service_request_id'])
          : (texts(body, 'service_request_id')[0] ?? '');
      expect(portal.requests.get(number)).toMatchObject({
        channel: 'open311',
        attributes: [{ code: 'surface', values: ['lane'] }],
      });
      const paths = [
        `${V2}/requests.${form}`,
        `${V2}/requests/${number}.${form}`,
        `${V2}/requests.${form}?service_request_id=${number},NONE`,
        `${V2}/tokens/${number}.${form}`,
      ];
      for (const path of paths) {
        const text = await (await get(portal, path)).text();
        expect(text, path).toContain(number);
        expect(text, path).not.toContain('Deep');
        if (form === 'xml')
          expect(
            (await validateXML({ xml: [{ fileName: 'a.xml', contents: text }], normalization: 'format' })).valid,
          ).toBe(true);
      }
      const own = await (await get(portal, `${V2}/requests/${number}.${form}?api_key=${apiKey}`)).text();
      expect(own).toContain(form === 'json' ? 'Deep & <wide>' : 'Deep &amp; &lt;wide&gt;');
      expect(own).toContain('0.0012');
    }
  });

  it('is closed with the reason, and its finer state disturbs no old client', async () => {
    const { portal, apiKey } = await openWithKey();
    const [posted] = await json(await post(portal, { ...pothole, api_key: apiKey }));
    const number = String(posted?.['service_request_id']);
    await portal.requests.release(person('Dee', 'dispatcher'), { number, text: 'A deep hole' });
    await portal.requests.answer(person('Dee', 'dispatcher'), { number, state: 'done', reason: 'Filled' });
    const [request] = await json(await get(portal, `${V2}/requests/${number}.json`));
    expect(request).toMatchObject({
      status: 'closed',
      status_notes: 'Done: Filled',
      description: 'A deep hole',
      service_notice: null,
      address_id: null,
      extended_status: 'done',
    });
    expect(request?.['requested_datetime']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const count = async (query: string): Promise<number> =>
      (await json(await get(portal, `${V2}/requests.json?${query}`))).length;
    expect([await count('status=open'), await count('status=closed'), await count('service_code=signal')]).toEqual([
      0, 1, 0,
    ]);
    expect([
      await count('status=open,closed&service_code='),
      await count(`service_request_id=${number}&status=open`),
    ]).toEqual([1, 1]);
  });
});

describe('an error', () => {
  it.each([
    [403, 'no key', { api_key: '' }],
    [403, 'a wrong key', { api_key: 'wrong' }],
    [400, 'no service', { service_code: '' }],
    [404, 'an unknown service', { service_code: 'moon' }],
    [400, 'no place', { lat: '', long: '' }],
    [400, 'half a place', { long: '' }],
    [400, 'a place elsewhere', { lat: '40' }],
    [400, 'too many words', { description: 'x'.repeat(4001) }],
    [404, 'another jurisdiction', { jurisdiction_id: 'elsewhere.example' }],
    [400, 'a question without its answer', { service_code: 'signal' }],
  ])('is %d for %s, in both formats', async (status, _name, change) => {
    const { portal, apiKey } = await openWithKey();
    const written = portal.entries.length;
    const fields = { ...pothole, api_key: apiKey, ...change };
    const asJson = await post(portal, fields);
    expect(asJson.status).toBe(status);
    expect(await json(asJson)).toEqual([{ code: status, description: expect.any(String) }]);
    const asXml = await post(portal, fields, 'xml');
    expect(asXml.status).toBe(status);
    expect(await asXml.text()).toMatch(new RegExp(`<errors><error><code>${status}</code><description>[^<]+</`));
    expect(portal.entries.length).toBe(written);
  });

  it.each([
    [404, '/requests/4K7QM-2F9XH'],
    [404, '/tokens/nothing'],
    [404, '/services/moon'],
    [400, '/requests', '?start_date=2026-06-01T00:00:00'],
    [400, '/requests', '?start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z'],
    [400, '/requests', '?status=lost'],
    [400, '/requests', '?page_size=5000'],
    [403, '/requests', '?api_key=wrong'],
  ])('is %d for %s%s', async (status, path, query = '') => {
    const { portal, apiKey } = await openWithKey();
    await post(portal, { ...pothole, api_key: apiKey });
    for (const form of ['json', 'xml']) expect((await get(portal, `${V2}${path}.${form}${query}`)).status).toBe(status);
  });

  it('is 403 for a key that was revoked', async () => {
    const { portal, apiKey } = await openWithKey();
    const [issued] = portal.keys.list();
    await portal.keys.revoke(administrator, issued?.keyId ?? '');
    expect((await post(portal, { ...pothole, api_key: apiKey })).status).toBe(403);
  });
});

it('gives the last 90 days, other spans when asked, and pages', async () => {
  const { portal, apiKey } = await openWithKey();
  for (let at = 0; at < 5; at++) {
    await post(portal, { ...pothole, api_key: apiKey });
    portal.clock.nowMs += 40 * 86_400_000;
  }
  const found = async (query: string): Promise<Row[]> => json(await get(portal, `${V2}/requests.json${query}`));
  const all = (await found('?start_date=2026-06-01T00:00:00Z')).concat(
    await found('?start_date=2026-08-30T00:00:00%2B00:00'),
  );
  expect(new Set(all.map((row) => row['service_request_id'])).size).toBe(5);
  expect((await found('')).length).toBeLessThan(5);
  const span = 'start_date=2026-06-01T00:00:00-05:00';
  const pages = [await found(`?${span}&page_size=2`), await found(`?${span}&page_size=2&page=2`)];
  expect(pages.map((rows) => rows.length)).toEqual([2, 1]);
});

it.each(['a post', 'a search'])(
  'is 429 for %s beyond 60 of one address in a minute, in both formats together',
  async (kind) => {
    const portal = await openPortal();
    const statuses = await Promise.all(
      Array.from({ length: 70 }, async (_, at) => {
        const form = at % 2 === 0 ? 'json' : 'xml';
        const answer = kind === 'a post' ? post(portal, pothole, form) : get(portal, `${V2}/requests.${form}`);
        return (await answer).status;
      }),
    );
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    expect((await get(portal, `${V2}/services.json`)).status).toBe(200);
  },
);

it('is found by its discovery, in both formats', async () => {
  const portal = await openPortal();
  const found = (await (await get(portal, '/open311/discovery.json')).json()) as {
    endpoints: { url: string; type: string; formats: string[] }[];
  };
  expect(found.endpoints).toMatchObject([
    { url: `${portal.url}${V2}`, type: 'test', formats: ['text/xml', 'application/json'] },
  ]);
  expect(texts(await (await get(portal, '/open311/discovery.xml')).text(), 'url')).toEqual([`${portal.url}${V2}`]);
});
