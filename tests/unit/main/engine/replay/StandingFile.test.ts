import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { StandingFile } from '../../../../../main/engine/replay/StandingFile.ts';
import { temporaryFolder } from '../../../../support/temporaryFolder.ts';

const facts = Array.from({ length: 500 }, (_, i) => ({ domain: 'utilities', record: { id: `E${i}` } }));

it('has the facts with their time, and a line that is damaged costs itself', async () => {
  const path = join(temporaryFolder(), 'standing-facts.jsonl');
  const file = new StandingFile(path);
  expect(file.load()).toBeUndefined();
  expect(await file.save(1000, facts)).toBe(500);
  expect(file.load()).toEqual({ atMs: 1000, records: facts });
  appendFileSync(path, '{"domain":"utilities","rec');
  expect(file.load()).toEqual({ atMs: 1000, records: facts });
  await file.save(2000, []);
  expect(file.load()).toEqual({ atMs: 2000, records: [] });
});

it('of another format, or damaged at its beginning, is not taken', async () => {
  const path = join(temporaryFolder(), 'standing-facts.jsonl');
  const file = new StandingFile(path);
  await file.save(1000, facts);
  const text = readFileSync(path, 'utf8');
  for (const wrong of [text.replace('"format":1', '"format":2'), text.slice(5), '', '\0\0\0\0']) {
    writeFileSync(path, wrong);
    expect(file.load()).toBeUndefined();
  }
});
