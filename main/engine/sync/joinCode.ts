import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { workstationSchema } from '../../../shared/record/deskEvents.ts';
import { canonicalJson } from '../store/record/recordHash.ts';

/** Crockford's base 32, which has no letter that is easily read as another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LETTERS = 20;
const GROUP_LETTERS = 5;
const TOPIC_BYTES = 12;
const KEY_BYTES = 32;

/**
 * A workstation that wants to join says who it is; the proof by the code binds its keys, so that nobody on the way can
 * substitute others.
 */
export const joinAskSchema = z.object({
  workstation: workstationSchema,
  /** X25519, PEM: the answer is encrypted for this key. */ wrapKey: z.string().max(500),
  nonce: z.string().max(64),
  proof: z.string().max(128),
});
export type JoinAsk = z.infer<typeof joinAskSchema>;

/** The answer to a workstation that joins: which desk, who belongs to it, and the desk's keys wrapped for it. */
export const joinAnswerSchema = z.object({
  deskId: z.string().max(64),
  members: z.array(workstationSchema).max(100),
  wrapped: z.string().max(100_000),
  nonce: z.string().max(64),
  proof: z.string().max(128),
});
export type JoinAnswer = z.infer<typeof joinAnswerSchema>;

/**
 * What both ends derive from a code: the topic where they meet, and the key that proves knowledge of the code. The code
 * itself is never transmitted.
 */
export type CodeKeys = { topic: string; key: Buffer };

/** A one-time code of 100 random bits, in groups that can be read out. */
export function makeCode(): string {
  const letters = Array.from({ length: CODE_LETTERS }, () => LETTERS.charAt(randomInt(LETTERS.length)));
  return Array.from({ length: CODE_LETTERS / GROUP_LETTERS }, (_, group) =>
    letters.slice(group * GROUP_LETTERS, (group + 1) * GROUP_LETTERS).join(''),
  ).join('-');
}

/**
 * Derives the keys of a code; undefined where the text is not a code. Small letters, spaces, and O, I and L for the
 * digits that they look like are accepted.
 */
export function keysOfCode(text: string): CodeKeys | undefined {
  const code = text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  if (code.length !== CODE_LETTERS || code.search(new RegExp(`[^${LETTERS}]`)) >= 0) return undefined;
  const derive = (info: string, bytes: number): Buffer =>
    Buffer.from(hkdfSync('sha256', code, '', `beacon join ${info}, version 1`, bytes));
  return { topic: derive('topic', TOPIC_BYTES).toString('hex'), key: derive('proof', KEY_BYTES) };
}

const proofOf = (key: Buffer, role: 'ask' | 'answer', content: object): string =>
  createHmac('sha256', key)
    .update(`${role} ${canonicalJson(content)}`)
    .digest('base64');

function isProven(key: Buffer, role: 'ask' | 'answer', { proof, ...content }: JoinAsk | JoinAnswer): boolean {
  const expected = Buffer.from(proofOf(key, role, content));
  const given = Buffer.from(proof);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

export const proveAsk = (key: Buffer, content: Omit<JoinAsk, 'proof'>): JoinAsk => ({
  ...content,
  proof: proofOf(key, 'ask', content),
});
export const proveAnswer = (key: Buffer, content: Omit<JoinAnswer, 'proof'>): JoinAnswer => ({
  ...content,
  proof: proofOf(key, 'answer', content),
});
export const isProvenAsk = (key: Buffer, ask: JoinAsk): boolean => isProven(key, 'ask', ask);
/** Whether an answer is proven by the key and belongs to the question with this nonce. */
export const isProvenAnswer = (key: Buffer, answer: JoinAnswer, nonce: string): boolean =>
  answer.nonce === nonce && isProven(key, 'answer', answer);
