import { randomBytes } from 'node:crypto';
import type { CountyMs } from '../../../shared/base/clock.ts';
import type { ProtocolChoice } from '../../../shared/wire/ProtocolChoice.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import { BrokerConnection } from '../ingest/BrokerConnection.ts';

const PATIENCE_MS = 10_000;
const silent: Log = () => undefined;

type Asked = {
  url: string;
  credentials: MqttCredentials;
  protocol: ProtocolChoice;
  prefix: string;
  nowMs: () => CountyMs;
};

/**
 * Finds out whether a broker takes a dot in a topic, on a separate connection, as some brokers end the connection over
 * one. Resolves undefined where that could not be found out.
 */
export async function takesDots({ url, credentials, protocol, prefix, nowMs }: Asked): Promise<boolean | undefined> {
  const line = new BrokerConnection({
    url,
    credentials,
    protocol,
    clientId: `beacon-dots-${randomBytes(6).toString('hex')}`,
    subscriptions: [{ filter: `${prefix}/dots`, qos: 0 }],
    isTransient: true,
    nowMs,
    log: silent,
  });
  const { promise, resolve } = Promise.withResolvers<boolean | undefined>();
  const patience = setTimeout(() => resolve(undefined), PATIENCE_MS);
  let isAsked = false;
  line.onSubscribed = () => {
    isAsked = true;
    line.publish(`${prefix}/dots/of.topics`, '', 1).then(
      () => resolve(true),
      () => resolve(false),
    );
  };
  line.onLost = () => resolve(isAsked ? false : undefined);
  line.start();
  try {
    return await promise;
  } finally {
    clearTimeout(patience);
    await line.stop();
  }
}
