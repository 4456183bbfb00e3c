import type { Person } from '../../../shared/people/person.ts';
import type { Workstation } from '../../../shared/record/deskEvents.ts';
import { isProvenAsk, keysOfCode, makeCode } from './joinCode.ts';
import type { CodeKeys, JoinAsk } from './joinCode.ts';

const VALID_MS = 600_000;
const MOST_OPEN = 5;

type OpenCode = { keys: CodeKeys; author: Person; expiresAtMs: number; usedBy: Workstation | undefined };
export type JoinVerdict =
  | { kind: 'admit'; author: Person; key: Buffer; isFirst: boolean }
  | { kind: 'refuse'; reason: 'unknownCode' | 'expired' | 'unproven' | 'used' };

/**
 * The one-time codes that administrators made at this workstation. They are held in memory alone: a restart ends them.
 */
export class JoinCodes {
  #codes: OpenCode[] = [];

  /**
   * Makes a code that is valid for ten minutes and for one workstation. When more than five are open, the oldest ends.
   */
  make(author: Person, atMs: number): { code: string; topic: string; expiresAtMs: number } {
    const code = makeCode();
    const keys = keysOfCode(code);
    if (keys === undefined) throw new Error('a code that was just made is none');
    const expiresAtMs = atMs + VALID_MS;
    this.#codes = [...this.#open(atMs), { keys, author, expiresAtMs, usedBy: undefined }].slice(-MOST_OPEN);
    return { code, topic: keys.topic, expiresAtMs };
  }

  /** The topics of the open codes, on which workstations that want to join may ask now. */
  topics(atMs: number): string[] {
    return this.#open(atMs).map(({ keys }) => keys.topic);
  }

  /** Decides whether this workstation may join. The same one may ask again, as its answer may have been lost. */
  judge(topic: string, ask: JoinAsk, atMs: number): JoinVerdict {
    const code = this.#codes.find(({ keys }) => keys.topic === topic);
    if (code === undefined) return { kind: 'refuse', reason: 'unknownCode' };
    if (code.expiresAtMs <= atMs) return { kind: 'refuse', reason: 'expired' };
    if (!isProvenAsk(code.keys.key, ask)) return { kind: 'refuse', reason: 'unproven' };
    if (
      code.usedBy !== undefined &&
      (code.usedBy.id !== ask.workstation.id || code.usedBy.publicKey !== ask.workstation.publicKey)
    )
      return { kind: 'refuse', reason: 'used' };
    const isFirst = code.usedBy === undefined;
    code.usedBy = ask.workstation;
    return { kind: 'admit', author: code.author, key: code.keys.key, isFirst };
  }

  #open(atMs: number): OpenCode[] {
    return this.#codes.filter(({ expiresAtMs }) => expiresAtMs > atMs);
  }
}
