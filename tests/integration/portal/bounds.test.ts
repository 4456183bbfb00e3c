import { expect, it } from 'vitest';
import type { County } from '../../../shared/county/county.ts';
import type { PublicMessage } from '../../../shared/public/publicContract.ts';
import { makeRoad, makeZone } from '../../support/makeCounty.ts';
import { openPortal, postForm } from '../../support/openPortal.ts';
import { openPublicLine } from '../../support/openPublicLine.ts';
import { person } from '../../support/people.ts';
import { eventually } from '../../support/startHost.ts';

/** A road with a name of 300 characters, one of whose links has 1,001 points, and a zone with as long a name. */
const longCounty = (): Partial<County> => ({
  links: makeRoad(2, 'arterial').links.map((link, at) => ({
    ...link,
    name: 'Road '.repeat(60),
    ...(at === 1 && { path: Array.from({ length: 1001 }, (_, i): [number, number] => [0.01 + i / 100_000, 0]) }),
  })),
  detectors: [],
  zones: [{ ...makeZone('F1', 'feeder', 100), name: 'Zone '.repeat(60) }],
});

it('publishes long names and lines of the map as far as the contract goes', async () => {
  const portal = await openPortal({}, longCounty());
  const ann = person('Ann');
  const open = async (subject?: { kind: 'feeder'; id: string }): Promise<string> => {
    const incidentId = await portal.incidents.open(ann, {
      type: subject === undefined ? 'crash' : 'powerOutage',
      priority: 2,
      title: 'Title',
      place: 'Place',
      lon: 0.012,
      lat: 0.0001,
      alarmIds: [],
      ...(subject && { subject }),
    });
    await portal.incidents.run(ann, 'incident.setPublicMessage', { incidentId, text: 'Released', state: 'released' });
    return incidentId;
  };
  await portal.incidents.run(ann, 'incident.closeRoad', { incidentId: await open(), linkId: 'L1' });
  await open({ kind: 'feeder', id: 'F1' });
  const facts = await eventually('The facts', () =>
    portal.client.facts?.length === 3 ? portal.client.facts : undefined,
  );
  const road = 'Road '.repeat(40);
  expect(facts.map(({ roads, zone }) => zone ?? roads)).toEqual(['Zone '.repeat(40), [road], [road]]);
  const line = facts.find(({ kind }) => kind === 'closure')?.line ?? [];
  expect([line.length, line[0], line.at(-1)]).toEqual([1000, [0.01, 0], [0.02, 0]]);

  await postForm(`${portal.url}/en/report/debris`, { lat: '0.0001', long: '0.012', words: 'A branch' });
  await eventually('The request', () => portal.client.requests.find((each) => each.road === road));
});

it('does not send what breaks the contract, reports it, and goes on', async () => {
  const facts = (id: string): PublicMessage<'facts'> => ({
    facts: [{ id, kind: 'closure', incident: 'crash', roads: [], routes: [], line: [], sinceMs: 0, changedAtMs: 0 }],
  });
  const { server, client, log } = await openPublicLine({}, { facts: facts('x'.repeat(201)) });
  server.publish('facts', facts('y'.repeat(201)));
  server.publish('facts', facts('good'));
  const heard = await eventually('The facts', () => client.facts);
  expect(heard.map(({ id }) => id)).toEqual(['good']);
  expect(log).toEqual(Array(2).fill('A message of facts for the portal breaks the contract and is not sent.'));
});
