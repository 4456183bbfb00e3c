import { describe, expect, it } from 'vitest';
import { JoinCodes } from '../../../../../main/engine/sync/JoinCodes.ts';
import {
  isProvenAnswer,
  keysOfCode,
  makeCode,
  proveAnswer,
  proveAsk,
} from '../../../../../main/engine/sync/joinCode.ts';

const administrator = { id: 'root', name: 'Root', role: 'administrator' as const };
const asking = (code: string, id = 'b') =>
  proveAsk(keysOfCode(code)!.key, {
    workstation: { id, name: 'B', publicKey: `key of ${id}` },
    wrapKey: 'wrap',
    nonce: 'n1',
  });
const NOW_MS = 1_000_000;

describe('joining by a one-time code', () => {
  it('admits one workstation by one code within ten minutes, and the same one again', () => {
    const book = new JoinCodes();
    const { code, topic } = book.make(administrator, NOW_MS);
    expect(keysOfCode(code)?.topic).toBe(topic);
    expect(book.judge(topic, asking(code), NOW_MS + 1000)).toMatchObject({
      kind: 'admit',
      author: administrator,
      isFirst: true,
    });
    expect(book.judge(topic, asking(code), NOW_MS + 2000)).toMatchObject({ kind: 'admit', isFirst: false });
    expect(book.judge(topic, asking(code, 'c'), NOW_MS + 3000)).toEqual({ kind: 'refuse', reason: 'used' });
    expect(book.judge(topic, asking(code), NOW_MS + 600_000)).toEqual({ kind: 'refuse', reason: 'expired' });
    expect(book.topics(NOW_MS + 600_000)).toEqual([]);
  });

  it('refuses whoever does not know the code, and whoever puts another key into a question on its way', () => {
    const book = new JoinCodes();
    const { code, topic } = book.make(administrator, NOW_MS);
    expect(book.judge(topic, asking(makeCode()), NOW_MS)).toEqual({ kind: 'refuse', reason: 'unproven' });
    const tampered = { ...asking(code), wrapKey: 'of somebody else' };
    expect(book.judge(topic, tampered, NOW_MS)).toEqual({ kind: 'refuse', reason: 'unproven' });
    expect(book.judge('elsewhere', asking(code), NOW_MS)).toEqual({ kind: 'refuse', reason: 'unknownCode' });
  });

  it('proves the answer to the one who asked', () => {
    const { key } = keysOfCode(makeCode())!;
    const answer = proveAnswer(key, { deskId: 'd', members: [], wrapped: 'w', nonce: 'n1' });
    expect(isProvenAnswer(key, answer, 'n1')).toBe(true);
    expect(isProvenAnswer(key, answer, 'n2')).toBe(false);
    expect(isProvenAnswer(key, { ...answer, deskId: 'e' }, 'n1')).toBe(false);
    expect(isProvenAnswer(keysOfCode(makeCode())!.key, answer, 'n1')).toBe(false);
  });

  it('is read as people type it', () => {
    const code = makeCode();
    expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(
      keysOfCode(` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `),
    ).toEqual(keysOfCode(code));
    expect(keysOfCode('too short')).toBeUndefined();
  });
});
