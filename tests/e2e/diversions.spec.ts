import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './e2eTest.ts';
import { ControlRoom } from './pages/ControlRoom.ts';
import { IncidentPage } from './pages/IncidentPage.ts';

type Road = { id: string; fromNode: string; toNode: string; name: string; roadClass: string };

/** A link of a street between two others of the same street, so that traffic drives through it. */
function streetIn(dataDir: string): string {
  const [file = ''] = globSync(join(dataDir, 'county-*', 'network.geojson'));
  const { features } = JSON.parse(readFileSync(file, 'utf8')) as { features: { properties: Road }[] };
  const roads = features.map(({ properties }) => properties);
  const meets = (a: Road, b: Road): boolean => a.toNode === b.fromNode && a.fromNode !== b.toNode && a.name === b.name;
  const street = roads.find(
    (road) =>
      road.roadClass === 'arterial' &&
      road.name !== '' &&
      roads.some((other) => meets(other, road)) &&
      roads.some((other) => meets(road, other)),
  );
  return street?.id ?? '';
}

test('a way round a closed road is proposed, with its roads and what it costs, and becomes the diversion', async ({
  startHost,
  dataDir,
  page,
}) => {
  const { url } = await startHost();
  const incident = new IncidentPage(page);
  const effects = incident.root.getByRole('region', { name: 'Closures, diversions, service' });
  const room = new ControlRoom(page);
  await room.open(url);
  await incident.openByHand('Crash on a street', 'Crash');
  // The form begins with the road that is selected on the map.
  const own = page.url();
  await page.goto(`${url}#/situation?select=link:${streetIn(dataDir)}`);
  await expect(room.detail).toHaveAttribute('data-kind', 'link');
  await page.goto(own);

  await effects.getByRole('button', { name: 'Diversion …' }).click();
  // Nothing is closed yet, so there is nothing to lead round.
  await expect(effects.getByRole('button', { name: 'Propose' })).toBeHidden();
  await effects.getByRole('button', { name: 'Cancel' }).click();
  await effects.getByRole('button', { name: 'Close roads …' }).click();
  await effects.getByRole('button', { name: 'Close the road' }).click();
  await expect(effects.getByRole('listitem').filter({ hasText: 'Closed' }).first()).toBeVisible();

  await effects.getByRole('button', { name: 'Diversion …' }).click();
  await effects.getByRole('button', { name: 'Propose' }).click();
  const proposal = effects.getByRole('group', { name: 'Proposed diversion' });
  await expect(proposal.getByRole('status')).toContainText(/^Round .* (longer|shorter), /);
  await expect(effects.getByRole('textbox', { name: 'Diversion by' })).not.toHaveValue('');
  await effects.getByRole('button', { name: 'Set the diversion' }).click();
  await expect(effects.getByRole('listitem').filter({ hasText: 'Diversion' }).first()).toBeVisible();
});
