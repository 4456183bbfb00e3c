import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { openPortal } from '../../support/openPortal.ts';
import { person } from '../../support/people.ts';
import { hasRealData, realData } from '../../support/realData.ts';
import { eventually } from '../../support/startHost.ts';

const hasCap = hasRealData('cap');

it.skipIf(!hasCap)('every published fact is an alert that the schema of CAP 1.2 has, in both languages', async () => {
  const portal = await openPortal();
  const ann = person('Ann');
  for (const type of ['powerOutage', 'crash', 'waterMain'] as const) {
    const incidentId = await portal.incidents.open(ann, {
      type,
      priority: type === 'waterMain' ? 1 : 2,
      title: 'Title',
      place: 'Place',
      lon: 0.02,
      lat: 0.0001,
      alarmIds: [],
    });
    await portal.incidents.run(ann, 'incident.closeRoad', {
      incidentId,
      linkId: 'L1',
      untilMs: portal.clock.nowMs + 3_600_000,
    });
    await portal.incidents.run(ann, 'incident.setPublicMessage', {
      incidentId,
      text: 'Boil water & <wait>',
      state: 'released',
    });
  }
  await eventually('The facts', () => (portal.client.facts?.length === 6 ? true : undefined));
  expect(portal.client.facts?.[0]?.kind).toBe('danger');
  const feed = await (await fetch(`${portal.url}/alerts.atom?lang=es`)).text();
  const links = [...feed.matchAll(/href="([^"]+\/alerts\/[^"]+)"/g)].map(([, href]) => href ?? '');
  expect(links).toHaveLength(6);
  const schema = { fileName: 'cap.xsd', contents: readFileSync(realData('cap', 'cap12.xsd'), 'utf8') };
  for (const link of links) {
    const answer = await fetch(link);
    expect(answer.headers.get('content-type')).toContain('application/cap+xml');
    const contents = await answer.text();
    const { valid, errors } = await validateXML({ xml: [{ fileName: 'alert.xml', contents }], schema: [schema] });
    expect([valid, errors]).toEqual([true, []]);
    // A simulated county never alerts anybody.
    expect(contents).toContain('<status>Exercise</status>');
    expect(contents).toMatch(/<language>en-US<.*<language>es-US</s);
  }
});

it('a feed without facts says that this does not mean that all is well, and a request can be followed', async () => {
  const portal = await openPortal();
  const { number } = await portal.requests.receive(
    { serviceCode: 'debris', text: 'A branch', language: 'en', address: 'Main Street' },
    'web',
    undefined,
  );
  const feed = await (await fetch(`${portal.url}/requests/${number}.atom?lang=es`)).text();
  expect(feed).toContain('Objeto en la calle: Recibida: una persona la leerá');
  expect(feed).not.toContain('A branch');
  const empty = await (await fetch(`${portal.url}/now.atom`)).text();
  expect(empty).toContain('This county is simulated.');
  expect((await fetch(`${portal.url}/requests/4K7QM-2F9XH.atom`)).status).toBe(404);
});
