import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NotificationSettingsFile } from '../../../../../../main/engine/incidents/notify/settings.ts';
import { SharedSettings } from '../../../../../../main/engine/incidents/notify/SharedSettings.ts';
import { DeskKey } from '../../../../../../main/engine/people/DeskKey.ts';
import type { LogEntry } from '../../../../../../shared/record/logEntry.ts';
import type { RecordEvent } from '../../../../../../shared/record/recordEvent.ts';
import { entryOf } from '../../../../../support/logEntries.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const SECRET = 'sixteen letters and more';
const webhook = (name: string) => ({
  webhooks: { [name]: { url: 'https://duty.example.org/', headers: {}, secret: SECRET } },
});

/** A log that several workstations follow at once. */
function sharedLog() {
  const isFull = { value: false };
  const entries: LogEntry[] = [];
  const listeners: ((entries: readonly LogEntry[]) => void)[] = [];
  return {
    entries,
    isFull,
    of: (sequence: string) => ({
      onEntries(listener: (entries: readonly LogEntry[]) => void) {
        listeners.push(listener);
        listener(entries);
        return () => undefined;
      },
      perform(_: unknown, event: RecordEvent) {
        if (isFull.value) return Promise.reject(new Error('The disk is full.'));
        const entry = entryOf(sequence, entries.length + 1, entries.length + 1, { event });
        entries.push(entry);
        for (const listener of listeners) listener([entry]);
        return Promise.resolve(entry);
      },
    }),
  };
}

type Log = ReturnType<typeof sharedLog>;
const keyFolder = (): DeskKey => DeskKey.load(join(temporaryFolder(), 'desk-key.json'));

function workstation(log: Log, name: string, key: DeskKey, folder = temporaryFolder()) {
  const file = join(folder, 'notifications.json');
  const settings = new NotificationSettingsFile(file);
  const shared = new SharedSettings({ eventLog: log.of(`${name}.1`), key, settings, log: () => undefined });
  let touches = 0;
  return {
    folder,
    file,
    edit(content: object): void {
      writeFileSync(file, JSON.stringify(content));
      // Two edits within one tick of the file system's clock would look the same.
      const at = new Date(Date.UTC(2026, 5, 1) + ++touches * 1000);
      utimesSync(file, at, at);
    },
    async tend(): Promise<string[]> {
      await settings.refresh();
      await shared.tend();
      return Object.keys(settings.settings.webhooks);
    },
  };
}

describe('notification settings of a desk', () => {
  it('are the same everywhere, as the last edit said, and can be read in no log', async () => {
    const [log, key] = [sharedLog(), keyFolder()];
    const [first, second] = [workstation(log, 'a', key), workstation(log, 'b', key)];
    first.edit(webhook('duty'));
    await first.tend();
    expect(await second.tend()).toEqual(['duty']);
    expect(statSync(second.file).mode & 0o777).toBe(0o600);
    expect(readFileSync(second.file, 'utf8')).toContain(SECRET);
    second.edit(webhook('night'));
    await second.tend();
    expect([await first.tend(), await second.tend()]).toEqual([['night'], ['night']]);
    // Also back to what was in use before.
    first.edit(webhook('duty'));
    await first.tend();
    expect([await first.tend(), await second.tend()]).toEqual([['duty'], ['duty']]);
    expect(JSON.stringify(log.entries)).not.toContain(SECRET);
    expect(log.entries).toHaveLength(3);
  });

  it('win over an old file, as after a restoration, and lose against an edit that was made while Beacon was stopped', async () => {
    const [log, key] = [sharedLog(), keyFolder()];
    const first = workstation(log, 'a', key);
    first.edit(webhook('old'));
    await first.tend();
    first.edit(webhook('new'));
    await first.tend();
    const restored = workstation(log, 'b', key);
    restored.edit(webhook('old'));
    expect(await restored.tend()).toEqual(['new']);
    const edited = workstation(log, 'a', key, first.folder);
    edited.edit(webhook('newest'));
    expect(await edited.tend()).toEqual(['newest']);
    expect(await restored.tend()).toEqual(['newest']);
  });

  it('stay as they were edited while the log takes nothing, and are shared with the next edit', async () => {
    const [log, key] = [sharedLog(), keyFolder()];
    const [first, second] = [workstation(log, 'a', key), workstation(log, 'b', key)];
    first.edit(webhook('duty'));
    await first.tend();
    log.isFull.value = true;
    first.edit(webhook('night'));
    await first.tend();
    expect([await first.tend(), await second.tend()]).toEqual([['night'], ['duty']]);
    log.isFull.value = false;
    first.edit(webhook('weekend'));
    await first.tend();
    expect([await first.tend(), await second.tend()]).toEqual([['weekend'], ['weekend']]);
  });

  it('stay as they are where the file has a fault, and wait for the key with which they are encrypted', async () => {
    const log = sharedLog();
    const [first, other] = [workstation(log, 'a', keyFolder()), workstation(log, 'b', keyFolder())];
    first.edit(webhook('duty'));
    await first.tend();
    first.edit({ webhooks: { duty: { url: 'no address' } } });
    await first.tend();
    expect(log.entries).toHaveLength(1);
    other.edit(webhook('other'));
    expect(await other.tend()).toEqual(['other']);
    expect(log.entries).toHaveLength(1);
    const without = workstation(log, 'c', keyFolder());
    await without.tend();
    expect(existsSync(without.file)).toBe(false);
  });
});
