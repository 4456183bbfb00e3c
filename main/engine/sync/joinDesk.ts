import { randomBytes } from 'node:crypto';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { Workstation } from '../../../shared/record/deskEvents.ts';
import { refusalText } from '../../../shared/base/topicRefusal.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import { BEACON_PREFIX } from '../../../shared/wire/topics.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import { BrokerConnection } from '../ingest/BrokerConnection.ts';
import { RequestError } from '../base/RequestError.ts';
import { isProvenAnswer, joinAnswerSchema, keysOfCode, proveAsk } from './joinCode.ts';
import type { JoinAnswer } from './joinCode.ts';

export const JOIN_PREFIX = `${BEACON_PREFIX}/desk-join`;
const ASK_AGAIN_MS = 2000;
const GIVE_UP_MS = 20_000;

type JoinOptions = {
  url: string;
  credentials: MqttCredentials;
  protocol: ProtocolChoice;
  code: string;
  workstation: Workstation;
  /** X25519, PEM: what the desk's keys are wrapped for. */
  wrapKey: string;
  nowMs: () => CountyMs;
  log: Log;
};

function answerIn(payload: Buffer): JoinAnswer | undefined {
  try {
    return joinAnswerSchema.parse(JSON.parse(payload.toString('utf8')));
  } catch {
    return undefined;
  }
}

/** Says why nobody answered, as far as it can be known here. `isMute`: not even what was published here came back. */
function noAnswerText(topic: string, refused: readonly TopicRefusal[], isMute: boolean): string {
  const refusals = refused.length > 0 ? refused : isMute ? [{ topic: `${topic}/answer`, right: 'read' as const }] : [];
  if (refusals.length > 0)
    return `No workstation can answer. ${refusals.map(refusalText).join(' ')} It needs to read and write ${JOIN_PREFIX}/#.`;
  return 'No workstation answers to this code. It is valid for ten minutes and for one workstation, and where it was made Beacon must be running at the same broker.';
}

/**
 * Asks by a one-time code to be admitted to a desk, over the broker. Resolves with the desk's answer; rejects with a
 * RequestError: badInput where the text is not a code, refused where nobody answers to it.
 */
export async function joinDesk({
  url,
  credentials,
  protocol,
  code,
  workstation,
  wrapKey,
  nowMs,
  log,
}: JoinOptions): Promise<JoinAnswer> {
  const keys = keysOfCode(code);
  if (keys === undefined)
    throw new RequestError('badInput', 'This is not a code for joining: it has 20 letters and digits.');
  const nonce = randomBytes(16).toString('hex');
  const ask = JSON.stringify(proveAsk(keys.key, { workstation, wrapKey, nonce }));
  const topic = `${JOIN_PREFIX}/${keys.topic}`;
  const line = new BrokerConnection({
    url,
    credentials,
    protocol,
    clientId: `beacon-join-${nonce.slice(0, 12)}`,
    nowMs,
    log,
    isTransient: true,
    longestRetryMs: ASK_AGAIN_MS,
    subscriptions: [{ filter: `${topic}/answer`, qos: 1 }],
  });
  const { promise, resolve, reject } = Promise.withResolvers<JoinAnswer>();
  let hasRead = false;
  const say = (): void => {
    line.publish(`${topic}/ask`, ask, 1).catch(() => undefined);
    // This message is not an answer, and is not taken for one; when it comes back, an answer could have come, too.
    line.publish(`${topic}/answer`, '{}', 1).catch(() => undefined);
  };
  line.onSubscribed = say;
  line.onDelivery = ({ payload, acknowledge }) => {
    acknowledge?.();
    hasRead = true;
    const answer = answerIn(payload);
    if (answer !== undefined && isProvenAnswer(keys.key, answer, nonce)) resolve(answer);
  };
  const again = setInterval(() => line.state.state === 'connected' && say(), ASK_AGAIN_MS);
  const giveUp = setTimeout(
    () =>
      reject(
        new RequestError('refused', noAnswerText(topic, line.refused(), line.state.state === 'connected' && !hasRead)),
      ),
    GIVE_UP_MS,
  );
  line.start();
  try {
    return await promise;
  } finally {
    clearInterval(again);
    clearTimeout(giveUp);
    await line.stop();
  }
}
