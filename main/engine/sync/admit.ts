import type { CountyMs } from '../../../shared/base/clock.ts';
import type { EventLog } from '../log/EventLog.ts';
import type { JoinCodes } from './JoinCodes.ts';
import { joinAskSchema, proveAnswer } from './joinCode.ts';
import type { JoinAnswer } from './joinCode.ts';
import type { Membership } from './Membership.ts';
import type { RefusedMessages } from './RefusedMessages.ts';

type AdmitOptions = {
  log: EventLog;
  membership: Membership;
  workstation: { id: string };
  keys: { wrapFor: (publicKey: string) => string };
  codes: JoinCodes;
  refused: RefusedMessages;
  nowMs: () => CountyMs;
};

/**
 * Admits a workstation that asks with a code that was made here, and returns the answer to it; undefined where it gets
 * none. Rejects where the admission cannot be written to the log.
 */
export async function admit(
  topic: string,
  payload: Buffer,
  { log, membership, workstation, keys, codes, refused, nowMs }: AdmitOptions,
): Promise<JoinAnswer | undefined> {
  const ask = joinAskSchema.safeParse(parseJson(payload));
  if (!ask.success) return undefined;
  const { id, publicKey } = ask.data.workstation;
  const verdict = codes.judge(topic, ask.data, nowMs());
  if (verdict.kind === 'refuse') {
    // Most workstations do not know the code: it was made at one of them.
    if (verdict.reason !== 'unknownCode') refused.note(id, 'code', nowMs());
    return undefined;
  }
  const known = membership.member(id);
  if (id === workstation.id || (known !== undefined && (known.publicKey !== publicKey || known.upTo !== undefined))) {
    refused.note(id, 'code', nowMs());
    return undefined;
  }
  if (verdict.isFirst && known === undefined)
    await log.perform(verdict.author, { kind: 'workstation.joined', workstation: ask.data.workstation });
  const members = [...membership.trust.values()]
    .filter(({ upTo }) => upTo === undefined)
    .map(({ id: each, name, publicKey: key }) => ({ id: each, name, publicKey: key }));
  return proveAnswer(verdict.key, {
    deskId: membership.deskId,
    members,
    wrapped: keys.wrapFor(ask.data.wrapKey),
    nonce: ask.data.nonce,
  });
}

function parseJson(payload: Buffer): unknown {
  try {
    return JSON.parse(payload.toString('utf8'));
  } catch {
    return undefined;
  }
}
