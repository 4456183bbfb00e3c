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
  let isRead = false;
  const reading = file.refresh().then(() => (isRead = true));
  while (!isRead) {
    seen.add(file.content);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await reading;
  expect([...seen].map((content) => content !== undefined)).not.toContain(false);
  expect(Object.keys(file.settings.webhooks)).toEqual(['night-duty']);
});
