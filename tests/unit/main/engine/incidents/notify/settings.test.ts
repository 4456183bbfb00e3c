import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { NotificationSettingsFile } from '../../../../../../main/engine/incidents/notify/settings.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const settingsOf = (name: string): string =>
  JSON.stringify({ webhooks: { [name]: { url: `https://${name}.example.org/` } } });

it('never seems to have no settings while the file is read again', async () => {
  const path = join(temporaryFolder(), 'notifications.json');
  writeFileSync(path, settingsOf('duty'));
  const file = new NotificationSettingsFile(path);
  await file.refresh();
  writeFileSync(path, settingsOf('night-duty'));
  const seen = new Set<string | undefined>();
  const reading = file.refresh().then(() => 'read');
  const aTurn = (): Promise<string> => new Promise((resolve) => setImmediate(resolve, 'not yet'));
  do seen.add(file.content);
  while ((await Promise.race([reading, aTurn()])) === 'not yet');
  expect([...seen].map((content) => content !== undefined)).not.toContain(false);
  expect(Object.keys(file.settings.webhooks)).toEqual(['night-duty']);
});
