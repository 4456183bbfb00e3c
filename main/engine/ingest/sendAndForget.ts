import type { Log } from '../base/engine.ts';
import type { BrokerConnection } from './BrokerConnection.ts';

/** Publishes without waiting; a message that cannot be sent is reported in the log. */
export function sendAndForget(
  broker: Pick<BrokerConnection, 'publish'>,
  log: Log,
  topic: string,
  payload: string | Uint8Array,
  qos: 0 | 1,
): void {
  broker
    .publish(topic, payload, qos)
    .catch((error: unknown) => log('warn', `A message to ${topic} was not sent: ${String(error)}`));
}
