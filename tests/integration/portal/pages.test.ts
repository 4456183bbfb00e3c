import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../shared/base/durations.ts';
import type { RequestInput } from '../../../shared/contract/contract.ts';
import { openPortal, postForm } from '../../support/openPortal.ts';
import type { OpenPortal } from '../../support/openPortal.ts';
import { person } from '../../support/people.ts';
import { eventually } from '../../support/startHost.ts';

const read = async (url: string, headers: Record<string, string> = {}): Promise<string> =>
  (await fetch(url, { headers })).text();
const pothole = {
  address: 'Main Street at Third',
  words: 'A deep hole in the right lane',
  'attribute-surface': 'lane',
};

/** Reports a pothole by the form, and returns its number and the address of its page with the key. */
async function report(
  portal: OpenPortal,
  fields: Record<string, string> = pothole,
  language = 'en',
): Promise<{ number: string; page: string; key: string }> {
  const answer = await postForm(`${portal.url}/${language}/report/pothole`, fields);
  expect(answer.status).toBe(303);
  const page = new URL(answer.headers.get('location') ?? '', portal.url);
  const number = page.pathname.split('/').at(-1) ?? '';
  return { number, page: page.href, key: page.searchParams.get('key') ?? '' };
}

describe('a report', () => {
  it('is in the log under its number when the form is answered, in words that only its reporter sees', async () => {
    const portal = await openPortal();
    const { number, page } = await report(portal);
    expect(portal.entries.at(-1)?.event).toMatchObject({
      kind: 'serviceRequest.received',
      number,
      serviceCode: 'pothole',
      text: pothole.words,
      address: pothole.address,
      channel: 'web',
      attributes: [{ code: 'surface', values: ['lane'] }],
    });
    const own = await read(page);
    expect(own).toContain(pothole.words);
    expect(own).toContain('Received: a person will read it');
    const everybody = await read(`${portal.url}/en/requests/${number}`);
    expect(everybody).toContain('Received: a person will read it');
    for (const hidden of [pothole.words, pothole.address]) expect(everybody).not.toContain(hidden);
    expect(await read(`${portal.url}/en/requests/${number}?key=wrong`)).not.toContain(pothole.words);
  });

  it('comes back as it was written, whatever letters it has', async () => {
    const portal = await openPortal();
    const words = 'First line\u2028second “line” <b>\u0000\ud800 \u202eend ñ 😀';
    const { page } = await report(portal, { ...pothole, words });
    const own = await read(page);
    expect(own).toContain('First line\u2028second “line” &lt;b&gt;');
    expect(own).toContain('end ñ 😀');
    expect(own).not.toMatch(/[\u0000\u202e]/);
    expect((await fetch(`${portal.url}/en/requests`)).status).toBe(200);
    expect(portal.client.silentSinceMs).toBeUndefined();
  });

  it('is answered by the control room, judged by its reporter, and can be reopened for 14 days', async () => {
    const portal = await openPortal();
    const { number, page, key } = await report(portal);
    const verdict = (fields: Record<string, string>): Promise<Response> =>
      postForm(`${portal.url}/en/requests/${number}/verdict`, { key, ...fields });
    expect(await read(page)).not.toContain('Is it fixed?');
    await portal.requests.answer(person('Dee', 'dispatcher'), { number, state: 'done', reason: 'Filled on Monday' });
    await eventually('The answer', async () => (await read(page)).includes('Filled on Monday') || undefined);
    expect(await read(page)).toContain('Is it fixed?');
    expect((await postForm(`${portal.url}/en/requests/${number}/verdict`, { key: 'wrong', fixed: 'no' })).status).toBe(
      403,
    );
    expect((await verdict({ fixed: 'no', words: 'Still there' })).status).toBe(303);
    expect(portal.requests.get(number)).toMatchObject({ state: 'reopened', verdict: { isFixed: false } });

    await portal.requests.answer(person('Dee', 'dispatcher'), { number, state: 'done', reason: 'Filled again' });
    portal.clock.nowMs += 15 * 86_400_000;
    expect((await verdict({ fixed: 'no' })).status).toBe(403);
    expect(portal.requests.get(number)?.state).toBe('done');
  });

  it('has a mark of its reporter once it is closed, of which the last counts, and nobody else gives one', async () => {
    const portal = await openPortal();
    const { number, page, key } = await report(portal);
    const give = (fields: Record<string, string>): Promise<Response> =>
      postForm(`${portal.url}/en/requests/${number}/mark`, { key, ...fields });
    expect((await give({ mark: '4' })).status).toBe(403);
    await portal.requests.answer(person('Dee', 'dispatcher'), { number, state: 'done', reason: 'Filled on Monday' });
    await eventually('The answer', async () => (await read(page)).includes('How satisfied are you') || undefined);
    expect((await give({ mark: '4', key: 'wrong' })).status).toBe(403);
    expect((await give({ mark: '6' })).status).toBe(303);
    expect(portal.requests.get(number)?.mark).toBeUndefined();
    expect((await give({ mark: '4' })).status).toBe(303);
    expect((await give({ mark: '2', why: 'It took long' })).status).toBe(303);
    expect(portal.requests.get(number)?.mark).toMatchObject({ mark: 2, text: 'It took long' });
    expect(await read(page)).toContain('Your mark: Dissatisfied');
    expect(await read(`${portal.url}/en/requests/${number}`)).not.toContain('Dissatisfied');
  });

  it('shows whether its promised day has passed while it is open, and whether it was closed after it', async () => {
    const portal = await openPortal();
    const { number } = await report(portal);
    const page = `${portal.url}/en/requests/${number}`;
    expect(await read(page)).not.toContain('Overdue');
    portal.clock.nowMs += 15 * DAY_MS;
    await eventually('The time of the county', async () => (await read(page)).includes('Overdue') || undefined);
    await portal.requests.answer(person('Dee', 'dispatcher'), { number, state: 'done', reason: 'Filled' });
    await eventually('The answer', async () => (await read(page)).includes('closed after this day') || undefined);
    expect(await read(page)).not.toContain('Overdue');
  });

  it('that lies near an open one of the same kind is offered that one first', async () => {
    const portal = await openPortal();
    const place = { lat: '0.001', long: '0.001' };
    const first = await report(portal, { ...pothole, ...place });
    const near = { ...pothole, lat: '0.002', long: '0.002' };
    const asked = await postForm(`${portal.url}/es/report/pothole`, near);
    expect(asked.status).toBe(200);
    expect(await asked.text()).toContain(`/es/requests/${first.number}/follow`);
    expect((await postForm(`${portal.url}/es/requests/${first.number}/follow`, {})).status).toBe(303);
    expect(portal.requests.get(first.number)?.followers).toBe(1);
    const second = await report(portal, { ...near, isNew: 'yes' }, 'es');
    expect(second.number).not.toBe(first.number);
    // Farther away than 250 m, nothing is offered.
    await report(portal, { ...pothole, lat: '0.01', long: '0.01' });
  });

  it('is compared with reports of the service that its words name, too, and with closed ones without a button', async () => {
    const portal = await openPortal();
    const place = { lat: '0.001', long: '0.001' };
    const { number } = await report(portal, { ...pothole, ...place });
    const sent = { ...place, words: 'There is a deep pothole in the road' };
    const offered = async (): Promise<string> => (await postForm(`${portal.url}/en/report/other`, sent)).text();
    expect(await offered()).toContain(`/en/requests/${number}/follow`);
    await portal.requests.answer(person('Dee', 'dispatcher'), { number, state: 'done', reason: 'Filled' });
    const later = await offered();
    expect(later).toContain(`/en/requests/${number}`);
    expect(later).not.toContain('/follow');
  });

  it.each([
    ['en', 'the street lamp in front of our house flickers', 'streetlight', 'Street light'],
    ['es', 'hay un bache enorme en la esquina', 'pothole', 'Bache'],
  ])('is given its service by words in %s, and the words stay in the form', async (language, words, code, name) => {
    const portal = await openPortal();
    const choose = async (fields: Record<string, string>): Promise<string> =>
      (await postForm(`${portal.url}/${language}/report`, fields)).text();
    const choice = await choose({ words });
    const suggested = choice.slice(choice.indexOf('id="suggested"'), choice.indexOf('<h2>'));
    expect(suggested).toContain(`value="${code}"`);
    const form = await choose({ words, code });
    expect(form).toContain(`action="/${language}/report/${code}"`);
    expect(form).toContain(`<h1>${name}</h1>`);
    expect(form).toContain(words);
    // Without words, and with a service that is none, everything can still be chosen.
    const rest = await choose({ words: '', code: 'moon' });
    expect(rest).not.toContain('id="suggested"');
    expect(rest).toContain(`value="${code}"`);
  });

  it.each([
    ['no words', { words: '' }, 'Say what is wrong.'],
    ['no place', { address: '' }, 'Say where it is'],
    ['half a place', { lat: '0.1' }, 'both are needed'],
    ['a place that is none', { lat: '91', long: '0' }, 'both are needed'],
    ['a place in another county', { lat: '40', long: '0.1' }, 'This place is not in Test County.'],
    ['an answer that cannot be chosen', { 'attribute-surface': 'moon' }, 'Where is the hole?'],
    [
      'markup in its words',
      { words: '<script>alert(1)</script>', address: '' },
      '&lt;script&gt;alert(1)&lt;/script&gt;',
    ],
  ])('with %s is not sent, and keeps what was typed', async (_name, change, sentence) => {
    const portal = await openPortal();
    const answer = await postForm(`${portal.url}/en/report/pothole`, { ...pothole, ...change });
    expect(answer.status).toBe(400);
    const text = await answer.text();
    expect(text).toContain(sentence);
    expect(text).not.toContain('<script>alert');
    expect(portal.entries).toEqual([]);
  });

  it('without an engine is given no number and is not lost; with it again, it is taken', async () => {
    const portal = await openPortal();
    const bringBack = await portal.loseEngine();
    const answer = await postForm(`${portal.url}/en/report/pothole`, pothole);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain(pothole.words);
    expect(portal.entries).toEqual([]);
    await bringBack();
    await eventually('The report', () =>
      report(portal)
        .then(() => true)
        .catch(() => undefined),
    );
  });

  it('is bounded: a form of megabytes, many forms of one address, and a form of another site', async () => {
    const portal = await openPortal();
    const huge = await postForm(`${portal.url}/en/report/pothole`, { ...pothole, words: '😀'.repeat(500_000) });
    expect(huge.status).toBe(413);
    const foreign = await postForm(`${portal.url}/en/report/pothole`, pothole, { origin: 'https://elsewhere.example' });
    expect(foreign.status).toBe(403);
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => postForm(`${portal.url}/en/report/pothole`, pothole)),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 303).length).toBeLessThanOrEqual(20);
    expect(statuses).toContain(429);
    // The other address of the network is not affected by it.
    expect((await fetch(`${portal.url}/en`)).status).toBe(200);
  });
});

it('counts all forms of one address together, whichever page they are of', async () => {
  const portal = await openPortal();
  const { number } = await report(portal);
  const paths = ['es/report/debris', `en/requests/${number}/follow`, `es/requests/${number}/verdict`];
  const statuses: number[] = [];
  for (let at = 0; at < 21; at++) statuses.push((await postForm(`${portal.url}/${paths[at % 3] ?? ''}`, {})).status);
  // The report itself was the first of twenty.
  expect(statuses.map((status) => status === 429)).toEqual([...Array<boolean>(19).fill(false), true, true]);
  expect((await fetch(`${portal.url}/en/requests`)).status).toBe(200);
});

describe('a mark for a page', () => {
  it('is in the log with the page that it is about, in both languages, and without a mark it is asked for again', async () => {
    const portal = await openPortal();
    expect(await read(`${portal.url}/es/report`)).toContain('href="/es/feedback?page=report"');
    const asked = await postForm(`${portal.url}/es/feedback`, { page: 'report', why: 'Nada' });
    expect(asked.status).toBe(400);
    expect(await asked.text()).toContain('Elija una de las cinco respuestas.');
    const given = await postForm(`${portal.url}/es/feedback`, { page: 'report', mark: '5', why: 'Muy fácil' });
    expect(await given.text()).toContain('Gracias por su opinión.');
    expect(portal.entries.map(({ event }) => event)).toEqual([
      { kind: 'page.marked', page: 'report', mark: 5, text: 'Muy fácil' },
    ]);
    expect([...portal.pageMarks.all()]).toMatchObject([{ page: 'report', mark: 5 }]);
  });
});

describe('the page of what is going on', () => {
  const outage: RequestInput<'incident.open'> = {
    type: 'powerOutage',
    priority: 2,
    title: 'Dark street',
    place: '12 Elm Street',
    lon: 0.0201,
    lat: 0.0001,
    subject: { kind: 'feeder', id: 'F1' },
    alarmIds: [],
  };

  it('does not take what is not published, or not known, for "all is well"', async () => {
    const portal = await openPortal();
    expect(await read(`${portal.url}/en`)).toContain('This does not mean that all is well everywhere');
    expect(await read(`${portal.url}/es`)).toContain('Esto no significa que todo esté bien');
  });

  it('shows an incident once a person has released its text, and nothing else of it', async () => {
    const portal = await openPortal();
    const incidentId = await portal.incidents.open(person('Ann'), outage);
    await portal.incidents.run(person('Ann'), 'incident.stateOutage', { incidentId, customers: 3 });
    const message = { incidentId, text: 'Power is back by noon.' };
    await portal.incidents.run(person('Ann'), 'incident.setPublicMessage', { ...message, state: 'draft' });
    await new Promise((wait) => setTimeout(wait, 400));
    expect(portal.client.facts).toEqual([]);
    await portal.incidents.run(person('Ann'), 'incident.setPublicMessage', { ...message, state: 'released' });
    const page = await eventually('The message', async () => {
      const text = await read(`${portal.url}/en`);
      return text.includes('Power is back by noon.') ? text : undefined;
    });
    expect(page).toContain('Power outage: North feeder: fewer than five customers without service');
    expect(page).toContain('last confirmed');
    for (const hidden of ['Elm Street', 'Dark street', 'Ann']) expect(page).not.toContain(hidden);
    await portal.incidents.run(person('Ann'), 'incident.setPublicMessage', { ...message, state: 'withdrawn' });
    await eventually('The end of it', () => portal.client.facts?.length === 0 || undefined);
  });

  it('follows the policy of each kind: templates at once, or never anything', async () => {
    const portal = await openPortal();
    const supervisor = person('Sue', 'supervisor');
    const incidentId = await portal.incidents.open(person('Ann'), { ...outage, type: 'crash', priority: 2 });
    await portal.incidents.run(person('Ann'), 'incident.closeRoad', { incidentId, linkId: 'L1', lanes: 'left of Ann' });
    await portal.policies.set(supervisor, 'closures', 'automatic');
    expect(portal.entries.at(-1)).toMatchObject({ author: { name: 'Sue' }, event: { kind: 'publication.policySet' } });
    const page = await eventually('The closure', async () => {
      const text = await read(`${portal.url}/es`);
      return text.includes('I-94 E: cerrada al tráfico') ? text : undefined;
    });
    expect(page).not.toContain('left of Ann');
    const geojson = (await (await fetch(`${portal.url}/now.geojson`)).json()) as { features: unknown[] };
    expect(geojson.features).toMatchObject([{ geometry: { type: 'LineString' }, properties: { kind: 'closure' } }]);
    await portal.policies.set(supervisor, 'closures', 'never');
    await portal.incidents.run(person('Ann'), 'incident.setPublicMessage', {
      incidentId,
      text: 'Drive carefully.',
      state: 'released',
    });
    await eventually('The message alone', () =>
      portal.client.facts?.map(({ text }) => text).join() === 'Drive carefully.' ? true : undefined,
    );
  });

  it('says since when nothing was heard when the engine is gone, and still shows what was known', async () => {
    const portal = await openPortal();
    const incidentId = await portal.incidents.open(person('Ann'), outage);
    await portal.incidents.run(person('Ann'), 'incident.setPublicMessage', {
      incidentId,
      text: 'Dark.',
      state: 'released',
    });
    await eventually('The message', () => portal.client.facts?.[0]);
    await portal.loseEngine();
    const page = await eventually('The page of a lost engine', async () => {
      const text = await read(`${portal.url}/en`);
      return text.includes('has not been heard since') ? text : undefined;
    });
    expect(page).toContain('Dark.');
    expect(await (await fetch(`${portal.url}/now.geojson`)).json()).toMatchObject({ isStale: true });
  });
});

it('chooses the language, and has a strict content policy, no cookies and no third party on every page', async () => {
  const { url } = await openPortal();
  const redirect = await fetch(url, { redirect: 'manual', headers: { 'accept-language': 'fr, es;q=0.8, en;q=0.2' } });
  expect(redirect.headers.get('location')).toBe('/es');
  for (const path of ['/en', '/es', '/en/report', '/es/report/signal', '/en/requests', '/es/accessibility', '/en/no']) {
    const answer = await fetch(`${url}${path}`);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy, path).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const text = await answer.text();
    expect([...text.matchAll(/(?:src|href|action)="(https?:)?\/\//g)], path).toEqual([]);
    expect(text.length).toBeLessThan(150_000);
    expect(text).toContain(`<html lang="${path.slice(1, 3)}">`);
  }
});

it('believes a forwarded address of the proxy alone, and serves nobody else', async () => {
  const portal = await openPortal({ proxy: '127.0.0.1/32' });
  const from = (address: string): Promise<Response> =>
    postForm(`${portal.url}/en/report/pothole`, pothole, { 'x-forwarded-for': address });
  const statuses: number[] = [];
  for (let at = 0; at < 25; at++) statuses.push((await from('203.0.113.7')).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([303, 429]);
  expect((await from('203.0.113.8')).status).toBe(303);

  const direct = await openPortal();
  for (let at = 0; at < 25; at++)
    statuses.push(
      (await postForm(`${direct.url}/en/report/pothole`, pothole, { 'x-forwarded-for': `10.0.0.${at}` })).status,
    );
  expect(statuses.at(-1)).toBe(429);

  const elsewhere = await openPortal({ proxy: '192.0.2.0/24' });
  expect((await fetch(`${elsewhere.url}/en`)).status).toBe(403);
});
