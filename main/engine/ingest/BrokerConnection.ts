import { TLSSocket } from 'node:tls';
import { connect } from 'mqtt';
import type { IClientOptions, MqttClient } from 'mqtt';
import mqttPacket from 'mqtt-packet';
import type { CountyMs } from '../../../shared/base/clock.ts';
import { refusalText } from '../../../shared/base/topicRefusal.ts';
import type { TopicRefusal } from '../../../shared/base/topicRefusal.ts';
import { BEACON_PREFIX } from '../../../shared/wire/topics.ts';
import type { Log, MqttCredentials } from '../base/engine.ts';
import { describeDisconnect } from './disconnectReason.ts';
import { Outbox } from './Outbox.ts';
import { ProtocolChoice, protocolName } from '../../../shared/wire/ProtocolChoice.ts';
import type { ProtocolVersion } from '../../../shared/wire/ProtocolChoice.ts';
import {
  explainConnectionError,
  explainContest,
  explainUnanswered,
  isRefusal,
  isUnanswered,
  wasClosed,
  TAKEN_OVER,
  withoutSecrets,
} from './explainConnectionError.ts';
import type { ConnectionError } from './explainConnectionError.ts';
import { probePort } from './probePort.ts';
import { RetryPause } from './RetryPause.ts';
import { SessionContest } from './SessionContest.ts';
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
  /** The version of MQTT that the broker speaks; shared by all connections to it, so that each knows what worked. */
  protocol?: ProtocolChoice;
  /** The longest pause between attempts while the broker does not answer. */
  longestRetryMs?: number;
  /** Called with each topic that the broker begins to refuse; without it, the refusal goes to the log. */
  onRefusal?: (refusal: TopicRefusal) => void;
  /** About how many topics are used repeatedly; few, where it is not given. */
  expectedTopics?: number;
  nowMs: () => CountyMs;
  log: Log;
};

// The library otherwise makes 65,536 buffers, 8 MB, to write the numbers of packets somewhat faster.
mqttPacket.writeToStream.cacheNumbers = false;

/** Refused topics beyond this number are not named. */
const MOST_UNWRITTEN = 20;
/** Reason codes of MQTT 5 from this one on mean that a message was refused. */
const FIRST_REFUSAL = 0x80;
/** MQTT 3.1.1 return codes and MQTT 5 reason codes that mean that the broker does not support this protocol version. */
const WRONG_VERSION = new Set([1, 132]);

/** The reason of a DISCONNECT of MQTT 5, by its code and as a sentence. */
type Farewell = { code: number | undefined; text: string };

/** Half of a pause is random, so that many engines do not reconnect at the same moment. */
const jitter = (): number => 0.5 + Math.random() / 2;

/** The end of the certificate that the broker showed, UTC ms; undefined without TLS. */
function certificateEnd({ stream }: MqttClient): number | undefined {
  if (!(stream instanceof TLSSocket)) return undefined;
  const endsMs = Date.parse(stream.getPeerCertificate().valid_to);
  return Number.isNaN(endsMs) ? undefined : endsMs;
}

/**
 * The connection to the broker: MQTT 5, or 3.1.1 where the broker does not support 5; a persistent session, a last
 * will, and reconnection with growing, jittered pauses. A QoS 1 message is acknowledged by the code that receives the
 * delivery.
 */
export class BrokerConnection {
  readonly #options: ConnectionOptions;
  #client: MqttClient | undefined;
  readonly #protocol: ProtocolChoice;
  #protocolVersion: ProtocolVersion = 5;
  readonly #outbox: Outbox;
  readonly #pause: RetryPause;
  readonly #contest = new SessionContest();
  /** What the broker said when it ended this connection. */
  #farewell: Farewell | undefined;
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
  /** Called after each connection. `isPresent`: the broker still had the session of this client id. */
  onSession: (isPresent: boolean) => void = () => undefined;
  #state: BrokerState;
  #lastError: ConnectionError | undefined;
  /** When the broker's certificate ends, UTC ms; undefined before the first connection and without TLS. */
  certificateEndsMs: number | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#protocol = options.protocol ?? new ProtocolChoice(5);
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
    this.#protocolVersion = this.#protocol.next(performance.now());
    const client = connect(this.#options.url, this.#clientOptions());
    this.#client = client;
    this.#outbox.follow(client);
    client.on('connect', ({ sessionPresent }) => this.#connected(client, sessionPresent));
    client.on('error', (error) => {
      this.#lastError = error;
    });
    client.on('disconnect', ({ reasonCode, properties }) => {
      this.#farewell = { code: reasonCode, text: describeDisconnect(reasonCode, properties?.reasonString) };
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

  #connected(client: MqttClient, isSessionPresent: boolean): void {
    this.#connectedMs = performance.now();
    this.#lastError = undefined;
    this.#protocol.worked(this.#protocolVersion);
    this.certificateEndsMs = certificateEnd(client);
    this.onSession(isSessionPresent);
    this.#subscriber.connected(client);
    if (this.#options.isTransient !== true)
      client.publish(this.#willTopic(), JSON.stringify({ online: true }), { qos: 1, retain: true });
    this.#setState('connected', undefined);
  }

  #closed(client: MqttClient): void {
    if (this.#isStopped || client !== this.#client) return;
    const stoodForMs = this.#connectedMs === undefined ? undefined : performance.now() - this.#connectedMs;
    const [error, farewell] = [this.#lastError, this.#farewell];
    this.#connectedMs = this.#lastError = this.#farewell = undefined;
    this.#subscriber.closed();
    this.onLost();
    if (stoodForMs !== undefined) this.#ended(client, stoodForMs, error, farewell);
    else if (typeof error?.code === 'number' && WRONG_VERSION.has(error.code)) {
      this.#protocol.unsupported(this.#protocolVersion, performance.now());
      this.#restart(client, 0);
    } else this.#failed(client, error);
  }

  /** Takes the end of a connection that the broker had accepted. */
  #ended(
    client: MqttClient,
    stoodForMs: number,
    error: ConnectionError | undefined,
    farewell: Farewell | undefined,
  ): void {
    const { url, clientId } = this.#options;
    const wasTakenOver = farewell?.code === TAKEN_OVER;
    const farewellText = farewell?.text ?? describeDisconnect(undefined, undefined);
    const isUnexplained = error === undefined && farewell === undefined;
    const contest = this.#contest.ended({ wasTakenOver, isUnexplained, stoodForMs });
    const pauseMs = this.#pause.after(stoodForMs);
    if (contest !== undefined) {
      this.#setState('lost', explainContest(clientId, wasTakenOver ? farewellText : undefined, contest.pauseMs));
      this.#restart(client, Math.max(contest.pauseMs, pauseMs));
      return;
    }
    this.#setState('lost', error === undefined ? farewellText : explainConnectionError(error, url));
    this.#restart(client, pauseMs * jitter());
  }

  /** Takes the end of an attempt to connect. */
  #failed(client: MqttClient, error: ConnectionError | undefined): void {
    const { url, credentials } = this.#options;
    if (isUnanswered(error)) this.#protocol.unanswered(this.#protocolVersion, performance.now());
    if (error === undefined || wasClosed(error)) void this.#explainUnanswered(client);
    else
      this.#setState(
        isRefusal(error) ? 'refused' : 'lost',
        explainConnectionError(error, url, credentials.ca !== undefined),
      );
    this.#restart(client, this.#pause.after(undefined) * jitter());
  }

  async #explainUnanswered(client: MqttClient): Promise<void> {
    const { url, credentials } = this.#options;
    const { error, speaksTls } = await probePort(url, credentials.ca);
    if (this.#isStopped || client !== this.#client || this.#connectedMs !== undefined) return;
    const reason =
      error === undefined
        ? explainUnanswered(url, speaksTls)
        : explainConnectionError(error, url, credentials.ca !== undefined);
    this.#setState('lost', reason);
  }

  #restart(client: MqttClient, afterMs: number): void {
    this.#retryTimer = setTimeout(() => {
      if (this.#protocol.next(performance.now()) === this.#protocolVersion) {
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
      protocol: protocolName(this.#protocolVersion),
    };
    if (!isChange) return;
    this.#options.log(
      state === 'connected' ? 'info' : 'warn',
      reason ?? `Connected to ${this.#state.url} with ${this.#state.protocol ?? 'MQTT'}.`,
    );
  }
}
