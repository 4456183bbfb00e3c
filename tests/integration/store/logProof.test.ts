import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { loadWorkstation } from '../../../main/engine/log/workstation.ts';
import { checkSignatures, exportLog } from '../../../main/engine/maintenance/logProof.ts';
import { RecordFile } from '../../../main/engine/store/record/RecordFile.ts';
import { person } from '../../support/people.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';

const NOW = Date.UTC(2026, 10, 23, 20);

function written(): string {
  const folder = temporaryFolder();
  const record = new RecordFile(join(folder, 'record.db'), loadWorkstation(folder));
  record.open(NOW);
  for (const text of ['one', 'two “ü”', 'three'])
    record.append([{ atMs: NOW, author: person('Ann'), event: { kind: 'system.noted', text } }], NOW);
  record.beginEpoch('A test', NOW);
  record.close();
  return folder;
}

type Line = Record<string, unknown> & { sequence: string; hash: string; signature: string };
/** The recipe, without any part of the product. */
function isProven(file: string): boolean {
  const sorted = (value: unknown): unknown =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, part]) => [name, sorted(part)]),
        );
  const [first = '', ...rest] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const { keys } = JSON.parse(first) as { keys: Record<string, string> };
  const heads = new Map<string, string>();
  return rest.every((line) => {
    const { hash, signature, ...body } = JSON.parse(line) as Line;
    const isChained =
      hash ===
      createHash('sha256')
        .update(JSON.stringify(sorted({ ...body, prevHash: heads.get(body.sequence) ?? '0'.repeat(64) })))
        .digest('hex');
    heads.set(body.sequence, hash);
    return (
      isChained &&
      verify(
        null,
        Buffer.from(hash, 'hex'),
        createPublicKey(keys[body.sequence.slice(0, body.sequence.lastIndexOf('.'))] ?? ''),
        Buffer.from(signature, 'base64'),
      )
    );
  });
}

it('the exported log proves itself by the recipe alone', () => {
  const folder = written();
  const file = join(folder, 'log.jsonl');
  expect(exportLog(folder, file)).toBe(4);
  expect(isProven(file)).toBe(true);
  expect(() => exportLog(folder, file)).toThrow('is there already');
  expect(checkSignatures(folder).told.join()).toContain('4 signatures of 1 workstation hold');
});

it('a signature that is not of its workstation is found', () => {
  const folder = written();
  const db = new Database(join(folder, 'record.db'));
  db.exec('DROP TRIGGER log_stays_as_it_is');
  db.exec('UPDATE log SET signature = (SELECT signature FROM log WHERE seq = 1) WHERE seq = 2');
  db.close();
  expect(checkSignatures(folder).findings).toEqual([expect.stringContaining('is not signed by its workstation')]);
});
