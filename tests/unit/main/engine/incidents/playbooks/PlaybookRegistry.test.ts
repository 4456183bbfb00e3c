import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePlaybook } from '../../../../../../main/engine/incidents/playbooks/parsePlaybook.ts';
import { PlaybookRegistry } from '../../../../../../main/engine/incidents/playbooks/PlaybookRegistry.ts';
import { shippedPlaybooks } from '../../../../../../main/engine/incidents/playbooks/shippedPlaybooks.ts';
import { incidentTypeSchema } from '../../../../../../shared/incidents/incident.ts';
import { temporaryFolder } from '../../../../../support/temporaryFolder.ts';

const small = (title: string): string => `title: ${title}\ncheckList:\n  - { id: a, phase: verify, text: Look }\n`;

async function openBook(folders = { dataDir: temporaryFolder(), countyDir: temporaryFolder() }) {
  const write = (origin: keyof typeof folders, name: string, text: string) => {
    mkdirSync(join(folders[origin], 'playbooks'), { recursive: true });
    writeFileSync(join(folders[origin], 'playbooks', name), text);
  };
  return { folders, write, book: await PlaybookRegistry.open(folders) };
}

describe('parsePlaybook', () => {
  it.each([
    ['broken YAML', 'title: Crash\ncheckList: [\n', 3, /flow|collection|Flow/],
    ['a word that nobody knows', 'title: Crash\nchecklist: []\n', 2, /checklist/],
    [
      'two items of one id',
      'title: Crash\ncheckList:\n  - { id: a, phase: verify, text: One }\n  - { id: a, phase: close, text: Two }\n',
      4,
      /"a" is there twice/,
    ],
    ['a missing word', 'title: Crash\ncontacts:\n  - { id: x }\n', 3, /contacts, number 1, name/],
    [
      'three targets for four priorities',
      'title: Crash\nserviceLevel:\n  response: [1, 2, 3]\n',
      3,
      /serviceLevel, response/,
    ],
    ['a placeholder that nothing is known for', 'title: Crash\npublicMessage: "Crash at {where}"\n', 2, /\{where\}/],
    [
      'an e-mail without an address',
      'title: Crash\nnotifications:\n  - { id: n, name: Depot, channel: email, when: asked, subject: S, text: T }\n',
      3,
      /address/,
    ],
    ['nothing at all', '', 1, /./],
  ])('tells line and reason of %s', (_name, text, line, reason) => {
    const parsed = parsePlaybook(text);
    if (!('faults' in parsed)) throw new Error('was taken');
    expect(parsed.faults[0]).toMatchObject({ line, reason: expect.stringMatching(reason) });
  });

  it('refuses a small file that unfolds to an endless one', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefg'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdef'[i]}`).join(',')}]`),
    ].join('\n');
    expect(parsePlaybook(bomb)).toHaveProperty('faults');
  });

  it('takes JSON as well', () => {
    expect(parsePlaybook('{"title": "Crash"}')).toMatchObject({
      playbook: { title: 'Crash', checkList: [], serviceLevel: {} },
    });
  });
});

describe('PlaybookRegistry', () => {
  it('comes with a playbook for every type, with something to check and a service level', async () => {
    const { book } = await openBook();
    for (const type of incidentTypeSchema.options) {
      expect(parsePlaybook(shippedPlaybooks[type]), type).toHaveProperty('playbook');
      expect(book.of(type).checkList.length, type).toBeGreaterThan(0);
      expect(Object.keys(book.of(type).serviceLevel), type).not.toEqual([]);
    }
    expect(book.list().every(({ origin }) => origin === 'shipped')).toBe(true);
  });

  it('takes what was edited before what the county gives, and notices edits on disk', async () => {
    const { book, write } = await openBook();
    write('countyDir', 'crash.yaml', small('Of the county'));
    expect(await book.refresh()).toBe(true);
    expect(book.of('crash').title).toBe('Of the county');
    expect(await book.save('crash', small('Edited'))).toEqual([]);
    expect(book.of('crash').title).toBe('Edited');
    write('dataDir', 'crash.yaml', small('Edited on disk'));
    expect(await book.refresh()).toBe(true);
    expect(book.of('crash').title).toBe('Edited on disk');
    expect(await book.refresh()).toBe(false);
  });

  it('goes on with the last good one when a file has an error, also after a restart, and says what is wrong', async () => {
    const { book, write, folders } = await openBook();
    await book.save('crash', small('Good'));
    write('dataDir', 'crash.yaml', 'title: [\n');
    await book.refresh();
    const again = await PlaybookRegistry.open(folders);
    for (const each of [book, again]) {
      expect(each.of('crash').title).toBe('Good');
      expect(each.list().find(({ type }) => type === 'crash')).toMatchObject({
        origin: 'edited',
        text: 'title: [\n',
        faults: [{ line: expect.any(Number), reason: expect.any(String) }],
      });
    }
  });

  it('keeps nothing of an edit with faults', async () => {
    const { book } = await openBook();
    await book.save('debris', small('Good'));
    expect(await book.save('debris', 'titel: Debris')).toMatchObject([{ line: 1 }, { line: 1 }]);
    expect(book.list().find(({ type }) => type === 'debris')).toMatchObject({ text: small('Good'), faults: [] });
  });

  it('names files that belong to no type, and forgets what is removed', async () => {
    const { book, write, folders } = await openBook();
    write('countyDir', 'crahs.yaml', small('X'));
    await book.refresh();
    expect(book.strays()).toEqual([join(folders.countyDir, 'playbooks', 'crahs.yaml')]);
  });
});
