import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { AttachmentStore } from '../../../../../main/engine/incidents/AttachmentStore.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const MB = 1024 * 1024;
const png = (bytes = 100): Buffer =>
  Buffer.concat([Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'), Buffer.alloc(bytes, 7)]);

function openStore() {
  const folder = temporaryFolder();
  const time = { nowMs: 0 };
  const store = new AttachmentStore(folder, () => time.nowMs);
  const put = (content: Buffer, uploadId = 'u', owner = 'ann') => {
    for (let offset = 0; offset < content.length; offset += 150_000)
      store.put(owner, uploadId, offset, content.subarray(offset, offset + 150_000).toString('base64'));
  };
  return { folder, time, store, put };
}

it('keeps a file once under its hash, and gives it back in pieces', async () => {
  const { folder, store, put } = openStore();
  const content = png(500_000);
  put(content);
  const file = await store.keep('ann', 'u');
  const hash = createHash('sha256').update(content).digest('hex');
  expect(file).toEqual({ hash, mediaType: 'image/png', bytes: content.length });
  expect(readFileSync(join(folder, 'attachments', hash.slice(0, 2), hash))).toEqual(content);
  put(content, 'again', 'ben');
  expect(await store.keep('ben', 'again')).toEqual(file);
  const pieces: Buffer[] = [];
  for (let offset = 0; offset < file.bytes; offset += pieces.at(-1)!.length)
    pieces.push(Buffer.from((await store.read(hash, offset)).data, 'base64'));
  expect(Buffer.concat(pieces)).toEqual(content);
});

it.each([
  ['a page', '<!doctype html><script>alert(1)</script>'],
  ['a drawing with scripts', '  <svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
  ['a program', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0'],
  ['rubbish', '\0\x01\x02'],
])('refuses %s, whatever its name says', async (_name, content) => {
  const { store, put } = openStore();
  put(Buffer.from(content, 'latin1'));
  await expect(store.keep('ann', 'u')).rejects.toMatchObject({ code: 'refused' });
});

it('takes text, and refuses what is too large, has a hole, belongs to another, or waited too long', async () => {
  const { store, put, time } = openStore();
  put(Buffer.from('Plan: close lane 2 – naïve ✓\n'));
  expect(await store.keep('ann', 'u')).toMatchObject({ mediaType: 'text/plain' });
  expect(() => put(png(10 * MB))).toThrow(/10 MB/);
  put(png());
  expect(() => store.put('ann', 'u', 999_999, '')).toThrow(/missing/);
  await expect(store.keep('ben', 'u')).rejects.toMatchObject({ code: 'refused' });
  time.nowMs = 700_000;
  put(png(), 'other');
  await expect(store.keep('ann', 'u')).rejects.toMatchObject({ code: 'refused' });
  await expect(store.read('0'.repeat(64), 0)).rejects.toMatchObject({ code: 'notFound' });
});
