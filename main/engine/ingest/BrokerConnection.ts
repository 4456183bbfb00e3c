import { connect } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import { refusalText } from '../../../shared/base/topicRefusal.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import { BEACON_PREFIX } from '../../../shared/wire/topics.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import { describeDisconnect } from './disconnectReason.ts';
import { Outbox } from './Outbox.ts';
import { RetryPause } from './RetryPause.ts';
import { Subscriber } from './Subscriber.ts';
import type { Subscription } from './Subscriber.ts';
import { tapPublishes } from './tapPublishes.ts';
import type { Delivery } from './tapPublishes.ts';

export type BrokerState = {
  state: 'connected' | 'connecting' | 'lost' | 'refused';
  url: string;
  sinceMs: number;
  reason?: string;
  protocol?: string;
  /** The topics that the broker refuses to this connection, if there are any. */
  refused?: TopicRefusal[];
};

type ConnectionOptions = {
  url: string;
  credentials: MqttCredentials;
  /** Stable over restarts: the broker keeps the session under it. */
  clientId: string;
  subscriptions: readonly Subscription[];
  /**
   * The broker keeps nothing for this connection while it is away, and publishes no status when it connects or is lost.
   */
  isTransient?: boolean;
  /** The longest pause between attempts while the broker does not answer. */
  longestRetryMs?: number;
  /** Called with each topic that the broker begins to refuse; without it, the refusal goes to the log. */
  onRefusal?: (refusal: TopicRefusal) => void;
  /** About how many topics are used repeatedly; few, where it is not given. */
  expectedTopics?: number;
  nowMs: () => number;
  log: Log;
};

/** Refused topics beyond this number are not named. */
const MOST_UNWRITTEN = 20;
/** Reason codes of MQTT 5 from this one on mean that a message was refused. */
const FIRST_REFUSAL = 0x80;
/** MQTT 3.1.1 return codes and MQTT 5 reason codes that mean that the broker does not support this protocol version. */
const WRONG_VERSION = new Set([1, 132]);
/** Codes for a bad user name or password, not authorised, and banned (3.1.1 and 5). */
const REFUSED = new Set([4, 5, 134, 135, 138]);

const withoutSecrets = (url: string): string => {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.toString().replace(/\/$/, '');
};

/** The cause of a failed connection as a sentence that also says what to do. */
export function explainConnectionError(error: Error & { code?: number | string }, url: string): string {
  const place = withoutSecrets(url);
  const code = error.code;
  if (typeof code === 'number' && REFUSED.has(code))
    return `The broker at ${place} refused the user name or password. Check the credentials.`;
  if (code === 'ECONNREFUSED') return `Nothing answers at ${place}. Check that the broker runs and the port is right.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `The broker's host name in ${place} cannot be found. Check the address and the network.`;
  if (code === 'ETIMEDOUT' || /connack timeout/i.test(error.message))
    return `The broker at ${place} does not answer in time.`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return `The certificate of ${place} is for another host name. Use the name in the certificate.`;
  if (typeof code === 'string' && /CERT|SELF_SIGNED|UNABLE_TO|ISSUER/.test(code))
    return `The certificate of ${place} is not trusted (${code}). Give its authority with --ca FILE.`;
  if (/wrong version number|packet length|SSL routines/i.test(error.message))
    return `${place} does not speak TLS as asked. Check mqtt:// against mqtts:// and the port.`;
  return `The connection to ${place} failed: ${error.message}.`;
}

/**
 * The connection to the broker: MQTT 5, or 3.1.1 where the broker does not support 5; a persistent session, a last
 * will, and reconnection with growing, jittered pauses. A QoS 1 message is acknowledged by the code that receives the
 * delivery.
 */
export class BrokerConnection {
  readonly #options: ConnectionOptions;
  #client: MqttClient | undefined;
  #protocolVersion: 4 | 5 = 5;
  readonly #outbox: Outbox;
  readonly #pause: RetryPause;
  #retryTimer: NodeJS.Timeout | undefined;
  #isStopped = false;
  readonly #subscriber: Subscriber;
  /** Topics of messages that the broker did not take. */
  readonly #unwritten = new Set<string>();
  #connectedMs: number | undefined;
  /** Called with each message; must be set before the start. */
  onDelivery: (delivery: Delivery) => void = () => undefined;
  /**
   * Resolves when the next message may be read; undefined means at once. Reading more slowly makes the broker queue,
   * which is what its queues are for (back-pressure).
   */
  room: () => Promise<void> | undefined = () => undefined;
  /**
   * Called when the subscriptions are active, except for refused ones: after each connection, and after some were
   * requested again.
   */
  onSubscribed: () => void = () => undefined;
  onLost: () => void = () => undefined;
  #state: BrokerState;
  /** What the broker said when it ended the connection. */
  #disconnect: string | undefined;
  #lastError: (Error & { code?: number | string }) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#state = { state: 'connecting', url: withoutSecrets(options.url), sinceMs: options.nowMs() };
    this.#outbox = new Outbox(options.isTransient !== true);
    this.#pause = new RetryPause(options.longestRetryMs);
    this.#subscriber = new Subscriber({
      subscriptions: options.subscriptions,
      onSubscribed: () => this.onSubscribed(),
      onRefused: (topic) => this.#refuse({ topic, right: 'read' }),
    });
  }

  get state(): BrokerState {
    const refused = this.refused();
    return refused.length === 0 ? this.#state : { ...this.#state, refused };
  }

  /** The topics that the broker refuses to this connection. */
  refused(): TopicRefusal[] {
    return [
      ...this.#subscriber.refused.map((topic) => ({ topic, right: 'read' as const })),
      ...[...this.#unwritten].map((topic) => ({ topic, right: 'write' as const })),
    ];
  }

  start(): void {
    const client = connect(this.#options.url, this.#clientOptions());
    this.#client = client;
    this.#outbox.follow(client);
    client.on('connect', () => this.#connected(client));
    client.on('error', (error) => {
      this.#lastError = error;
    });
    client.on('disconnect', ({ reasonCode, properties }) => {
      this.#disconnect = describeDisconnect(reasonCode, properties?.reasonString);
    });
    client.on('close', () => this.#closed(client));
    tapPublishes(client, {
      expectedTopics: this.#options.expectedTopics ?? 0,
      onDelivery: (delivery) => this.onDelivery(delivery),
      room: () => this.room(),
    });
  }

  /**
   * Sends a message, waiting for the connection where there is none; QoS 1 resolves with the broker's acknowledgement.
   * `isHeard` is false where the broker says that nobody subscribes to the topic.
   */
  async publish(
    topic: string,
    payload: string | Uint8Array,
    qos: 0 | 1,
    isRetained = false,
  ): Promise<{ isHeard: boolean }> {
    try {
      const answer = await this.#outbox.publish(topic, Buffer.from(payload), { qos, retain: isRetained });
      this.#unwritten.delete(topic);
      return answer;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (typeof code === 'number' && code >= FIRST_REFUSAL && this.#unwritten.size < MOST_UNWRITTEN) {
        const isNew = !this.#unwritten.has(topic);
        this.#unwritten.add(topic);
        if (isNew) this.#refuse({ topic, right: 'write' });
      }
      throw error;
    }
  }

  #refuse(refusal: TopicRefusal): void {
    const { onRefusal, log } = this.#options;
    if (onRefusal === undefined) log('warn', refusalText(refusal));
    else onRefusal(refusal);
  }

  /** Ends the connection, so that a new one is attempted. */
  hangUp(): void {
    this.#client?.stream.destroy();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#retryTimer);
    this.#subscriber.closed();
    const client = this.#client;
    if (client === undefined) return;
    if (client.connected && this.#options.isTransient !== true)
      await client
        .publishAsync(this.#willTopic(), JSON.stringify({ online: false }), { qos: 1, retain: true })
        .catch(() => undefined);
    // The end is forced, because acknowledgements still held back must not keep the client waiting.
    await client.endAsync(true);
  }

  #willTopic(): string {
    return `${BEACON_PREFIX}/engine/${this.#options.clientId}`;
  }

  #clientOptions(): IClientOptions {
    const { credentials, clientId, isTransient = false } = this.#options;
    return {
      ...credentials,
      clientId,
      clean: isTransient,
      protocolVersion: this.#protocolVersion,
      manualConnect: true,
      reconnectPeriod: 0,
      connectTimeout: 10_000,
      keepalive: 20,
      resubscribe: false,
      ...(!isTransient && {
        will: {
          topic: this.#willTopic(),
          payload: Buffer.from(JSON.stringify({ online: false })),
          qos: 1,
          retain: true,
        },
      }),
      ...(this.#protocolVersion === 5 && {
        properties: { sessionExpiryInterval: isTransient ? 0 : 7 * 86_400, receiveMaximum: 65_535 },
      }),
    };
  }

  #connected(client: MqttClient): void {
    this.#connectedMs = performance.now();
    this.#lastError = undefined;
    this.#subscriber.connected(client);
    if (this.#options.isTransient !== true)
      client.publish(this.#willTopic(), JSON.stringify({ online: true }), { qos: 1, retain: true });
    this.#setState('connected', undefined);
  }

  #closed(client: MqttClient): void {
    if (this.#isStopped || client !== this.#client) return;
    const stoodForMs = this.#connectedMs === undefined ? undefined : performance.now() - this.#connectedMs;
    this.#connectedMs = undefined;
    this.#subscriber.closed();
    this.onLost();
    const error = this.#lastError;
    const disconnect = this.#disconnect ?? describeDisconnect(undefined, undefined);
    this.#lastError = undefined;
    this.#disconnect = undefined;
    if (this.#protocolVersion === 5 && typeof error?.code === 'number' && WRONG_VERSION.has(error.code)) {
      this.#protocolVersion = 4;
      this.#restart(client, 0);
      return;
    }
    const reason = error === undefined ? disconnect : explainConnectionError(error, this.#options.url);
    const isRefused = typeof error?.code === 'number' && REFUSED.has(error.code);
    this.#setState(isRefused ? 'refused' : 'lost', reason);
    // Half of the pause is random, so that many engines do not reconnect at the same moment.
    this.#restart(client, this.#pause.after(stoodForMs) * (0.5 + Math.random() / 2));
  }

  #restart(client: MqttClient, afterMs: number): void {
    const isNewProtocol = client.options.protocolVersion !== this.#protocolVersion;
    this.#retryTimer = setTimeout(() => {
      if (!isNewProtocol) {
        this.#outbox.reconnect(client);
        return;
      }
      client.end(true);
      this.start();
    }, afterMs);
  }

  #setState(state: BrokerState['state'], reason: string | undefined): void {
    const isChange = state !== this.#state.state || reason !== this.#state.reason;
    const sinceMs = state === this.#state.state ? this.#state.sinceMs : this.#options.nowMs();
    this.#state = {
      state,
      url: this.#state.url,
      sinceMs,
      ...(reason !== undefined && { reason }),
      protocol: this.#protocolVersion === 5 ? 'MQTT 5' : 'MQTT 3.1.1',
    };
    if (!isChange) return;
    this.#options.log(
      state === 'connected' ? 'info' : 'warn',
      reason ?? `Connected to ${this.#state.url} with ${this.#state.protocol ?? 'MQTT'}.`,
    );
  }
}
