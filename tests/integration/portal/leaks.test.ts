import { createConnection } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { openPortal, postForm } from '../../support/openPortal.ts';
import type { OpenPortal } from '../../support/openPortal.ts';
import { person } from '../../support/people.ts';
import { eventually } from '../../support/startHost.ts';

const MARK = 'zqx';
let marks = 0;
/** A word that must not leave the engine. */
const hidden = (): string => `${MARK}${String(++marks)}hidden`;

const ann = { ...person('Ann'), name: hidden() };

/** Fills an engine with incidents and requests, in which everything that is not public contains a marked word. */
async function plant({ incidents, requests, keys, clock }: OpenPortal, base: string): Promise<void> {
  await keys.issue({ ...person('Root', 'administrator'), name: hidden() }, hidden());
  for (const type of ['powerOutage', 'crash', 'transit', 'waterMain', 'meter', 'leak', 'citizen'] as const) {
    const incidentId = await incidents.open(ann, {
      type,
      priority: 1,
      title: hidden(),
      place: hidden(),
      lon: 0.020123456,
      lat: 0.000123456,
      alarmIds: [hidden()],
    });
    await incidents.run(ann, 'incident.acknowledge', { incidentId });
    await incidents.run(ann, 'incident.note', { incidentId, text: hidden() });
    await incidents.run(ann, 'incident.assign', { incidentId, assignee: hidden(), expected: null });
    await incidents.run(ann, 'incident.stateOutage', { incidentId, customers: 4 });
    await incidents.run(ann, 'incident.closeRoad', { incidentId, linkId: 'L1', lanes: hidden() });
    await incidents.run(ann, 'incident.setDiversion', { incidentId, text: hidden(), linkIds: ['L2'] });
    await incidents.run(ann, 'incident.setAlert', { incidentId, text: hidden(), routeIds: ['5'] });
    await incidents.run(ann, 'incident.setPublicMessage', { incidentId, text: hidden(), state: 'released' });
    await incidents.run(ann, 'incident.setPublicMessage', {
      incidentId,
      text: type === 'crash' ? hidden() : `Released ${type}`,
      state: type === 'crash' ? 'draft' : 'released',
    });
  }
  await requests.noteReport({
    kind: 'report',
    reportId: hidden(),
    atMs: clock.nowMs,
    quality: 'good',
    category: 'pothole',
    text: hidden(),
    address: hidden(),
  });
  for (const lat of ['0.001234567', '']) {
    const answer = await postForm(`${base}/en/report/pothole`, {
      address: hidden(),
      words: hidden(),
      lat,
      long: lat,
      isNew: 'yes',
    });
    const number = new URL(answer.headers.get('location') ?? '', base).pathname.split('/').at(-1) ?? '';
    await requests.answer(ann, { number, state: 'accepted', reason: 'Planned for Monday' });
    const key = new URL(answer.headers.get('location') ?? '', base).searchParams.get('key') ?? '';
    await requests.answer(ann, { number, state: 'done', reason: 'Repaired on Monday' });
    await requests.mark(number, key, 1, hidden());
    await requests.judge(number, key, false, hidden());
  }
}

/** Every address that can be reached by links from the first pages, and what a program would ask for. */
async function crawl(base: string): Promise<Map<string, string>> {
  const forms = ['json', 'xml'].flatMap((form) =>
    ['discovery', 'v2/services', 'v2/services/signal', 'v2/requests'].map((path) => `/open311/${path}.${form}`),
  );
  const waiting = ['/', '/en', '/es', '/now.atom', '/alerts.atom', '/now.geojson', ...forms, '/en/none', '/portal.js'];
  const seen = new Map<string, string>();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    const answer = await fetch(`${base}${path}`);
    const text = JSON.stringify([...answer.headers]) + (await answer.text());
    seen.set(path, text);
    const links = [...text.matchAll(/(?:href="|href=&quot;)([^"#&]+)/g)].map(([, href]) => href ?? '');
    for (const href of links) {
      const url = new URL(href, base);
      if (url.origin === base) waiting.push(`${url.pathname}${url.search}`);
    }
    for (const [number] of text.matchAll(/\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/g))
      for (const form of ['json', 'xml']) waiting.push(`/open311/v2/requests/${number}.${form}`);
  }
  return seen;
}

/** Every byte that the engine sends to a portal. */
function tapLine({ line }: OpenPortal): () => string {
  const socket = createConnection(line.path);
  onTestFinished(() => void socket.destroy());
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => (heard += text));
  socket.write(`${JSON.stringify({ type: 'hello', secret: line.secret })}\n`);
  return () => heard;
}

it.each(['released', 'automatic'] as const)(
  'nothing that is not public leaves, neither by a page nor by the line to the portal (policy: %s)',
  async (mode) => {
    const portal = await openPortal();
    const heard = tapLine(portal);
    for (const subject of ['incidents', 'closures', 'outages', 'waterWorks', 'serviceAlerts'] as const)
      await portal.policies.set(ann, subject, mode);
    await plant(portal, portal.url);
    await eventually(
      'What is published',
      () => portal.client.facts?.some(({ text }) => text === 'Released leak') || undefined,
    );
    const seen = await crawl(portal.url);
    expect(seen.size).toBeGreaterThan(30);
    const all = [...seen.values(), heard()].join('\n');
    for (const released of [
      'Released powerOutage',
      'Released meter',
      'Repaired on Monday',
      'fewer than five customers',
      'I-94 E',
    ])
      expect(all).toContain(released);
    const leaks = [...seen, ['the line', heard()] as const].filter(([, text]) => text.includes(MARK));
    expect(leaks.map(([path]) => path)).toEqual([]);
    // No place is closer than a block, and what concerns one customer has none.
    for (const close of ['0.0201234', '0.0001234', '0.0012345']) expect(all).not.toContain(close);
    const facts = portal.client.facts ?? [];
    for (const { id, text, line: place } of facts.filter((each) => !each.id.includes('/')))
      if (text === 'Released meter' || text === 'Released leak') expect(place, id).toEqual([]);
  },
);

it('takes nothing from who does not know the secret, and ends who sends something else than the contract has', async () => {
  const portal = await openPortal();
  const talk = async (text: string): Promise<string> => {
    const socket = createConnection(portal.line.path);
    let heard = '';
    socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
    socket.on('error', () => undefined);
    socket.write(text);
    await new Promise((closed) => socket.once('close', closed));
    return heard;
  };
  const ask = JSON.stringify({ type: 'ask', id: 1, name: 'request.find', input: { numbers: [] } });
  const hello = JSON.stringify({ type: 'hello', secret: portal.line.secret });
  expect(await talk(`${ask}\n`)).toBe('');
  expect(await talk(`${JSON.stringify({ type: 'hello', secret: 'a guess' })}\n`)).toBe('');
  expect(await talk('x'.repeat(100_000))).toBe('');
  expect(await talk(`${hello}\n{"type":"ask","id":1,"name":"record.list","input":{}}\n`)).not.toContain('answer');
  expect((await fetch(`${portal.url}/en`)).status).toBe(200);
});
