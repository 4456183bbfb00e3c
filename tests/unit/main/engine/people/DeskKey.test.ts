import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { DeskKey } from '../../../../../main/engine/people/DeskKey.ts';
import { SealError } from '../../../../../main/engine/people/sealBytes.ts';
import { isPasswordOf, makeVerifier, usualCost } from '../../../../../main/engine/people/passwordVerifier.ts';
import { DataFolderError } from '../../../../../main/engine/store/DataFolderError.ts';

const folder = mkdtempSync(join(tmpdir(), 'beacon-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the key of a desk', () => {
  it('opens what it sealed, after a restart too, and only in its place', () => {
    const file = join(folder, 'a.json');
    const key = DeskKey.load(file);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (text, context, elsewhere) => {
        const sealed = key.seal(text, context);
        expect(DeskKey.load(file).open(sealed, context)).toBe(text);
        if (elsewhere !== context) expect(() => key.open(sealed, elsewhere)).toThrow(SealError);
      }),
      { numRuns: 50 },
    );
  });

  it('is for its owner alone', () => {
    const file = join(folder, 'b.json');
    DeskKey.load(file);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('opens nothing that was changed on the way', () => {
    const key = DeskKey.load(join(folder, 'c.json'));
    const sealed = key.seal('verifier', 'context');
    const [id = '', body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => key.open(`${id}.${changed.toString('base64url')}`, 'context')).toThrow(SealError);
    }
    for (const rubbish of ['', '.', id, `${id}.`, `${id}.AAAA`, 'x.AAAA'])
      expect(() => key.open(rubbish, 'context')).toThrow(SealError);
  });

  it('is handed to one workstation alone, which keeps what it had', () => {
    const [file, founder, joiner, eavesdropper] = [
      join(folder, 'e.json'),
      DeskKey.load(join(folder, 'd.json')),
      DeskKey.load(join(folder, 'e.json')),
      DeskKey.load(join(folder, 'f.json')),
    ];
    const [ofFounder, ofJoiner] = [founder.seal('from the desk', 'x'), joiner.seal('from before', 'x')];
    const wrapped = founder.wrapFor(joiner.publicKey);
    expect(wrapped).not.toContain(
      (JSON.parse(readFileSync(join(folder, 'd.json'), 'utf8')) as { keys: { key: string }[] }).keys[0]!.key,
    );
    expect(() => eavesdropper.take(wrapped)).toThrow(SealError);
    expect(() => joiner.open(ofFounder, 'x')).toThrow(SealError);
    joiner.take(wrapped);
    joiner.take(wrapped);
    const again = DeskKey.load(file);
    expect([again.open(ofFounder, 'x'), again.open(ofJoiner, 'x')]).toEqual(['from the desk', 'from before']);
    expect(founder.open(again.seal('for all', 'x'), 'x')).toBe('for all');
    expect(() => joiner.take('{}')).toThrow(SealError);
  });

  it('is not made anew where the file is damaged', () => {
    const file = join(folder, 'g.json');
    writeFileSync(file, '{"keys":[');
    expect(() => DeskKey.load(file)).toThrow(DataFolderError);
    expect(readFileSync(file, 'utf8')).toBe('{"keys":[');
  });
});

describe('a verifier', () => {
  it('knows its password as any keyboard types it, and no other', async () => {
    const verifier = await makeVerifier('Ångström 12 km', usualCost);
    expect(verifier).toMatch(/^\$scrypt\$ln=17,r=8,p=1\$/);
    expect(await isPasswordOf('Ångström 12 km'.normalize('NFD'), verifier)).toBe(true);
    expect(await isPasswordOf('angstrom 12 km', verifier)).toBe(false);
    expect(await makeVerifier('Ångström 12 km', { lnN: 4, r: 8, p: 1 })).not.toBe(
      await makeVerifier('Ångström 12 km', { lnN: 4, r: 8, p: 1 }),
    );
  });

  it('that is none, or asks for work without end, lets nobody in', async () => {
    for (const rubbish of [
      '',
      'x',
      '$scrypt$ln=31,r=8,p=1$AAAA$AAAA',
      '$scrypt$ln=4,r=8,p=1$AAAA$AAAA',
      '$scrypt$ln=0,r=0,p=0$AAAA$AAAA',
    ])
      expect(await isPasswordOf('', rubbish)).toBe(false);
  });
});
