import { readFileSync } from 'node:fs';
import { connect, type MqttClient } from 'mqtt';
import { ProtocolChoice } from '../../shared/wire/ProtocolChoice.ts';
import type { ProtocolVersion } from '../../shared/wire/ProtocolChoice.ts';
import { dispatchMessageSchema, topicOf, topics, type DispatchMessage } from '../../shared/wire/topics.ts';
import type { Message } from '../devices/message.ts';

export type PublisherOptions = {
  broker: string;
  username: string | undefined;
  password: string | undefined;
  caFile: string | undefined;
  onDispatch: (unitId: string, order: DispatchMessage) => void;
  /** Called when the broker has acknowledged a QoS 1 message. */
  onAcknowledged: (message: Message) => void;
  say: (sentence: string) => void;
};

const DISPATCH_FILTER = topicOf('dispatch', '+');
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
/** QoS 0 messages matter only at the moment: while this many bytes are unsent, they are dropped. */
const MOST_UNSENT_BYTES = 4_000_000;

const versionOf = ({ options }: MqttClient): ProtocolVersion => (options.protocolVersion === 5 ? 5 : 4);

/**
 * The devices' connection to the broker. It reconnects by itself, with growing pauses, and reports a lost connection
 * once.
 */
export class Publisher {
  readonly #client: MqttClient;
  readonly #options: PublisherOptions;
  #retryMs = FIRST_RETRY_MS;
  #isReported = false;
  readonly #protocol = new ProtocolChoice(4);
  #isAnswered = false;
  #lastError: (Error & { code?: number | string }) | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.#client = connect(options.broker, {
      protocolVersion: this.#protocol.next(performance.now()),
      clean: true,
      clientId: `beacon-simulator-${process.pid}`,
      reconnectPeriod: FIRST_RETRY_MS,
      resubscribe: false,
      ...(options.username === undefined ? {} : { username: options.username }),
      ...(options.password === undefined ? {} : { password: options.password }),
      ...(options.caFile === undefined ? {} : { ca: readFileSync(options.caFile) }),
    });
    this.#client.on('connect', () => this.#onConnect());
    this.#client.on('error', (error) => {
      this.#lastError = error;
      this.#report(error.message);
    });
    this.#client.on('close', () => this.#onClose());
    this.#client.on('message', (topic, payload) => this.#onMessage(topic, payload));
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  /** Resolves at the first connection. */
  connected(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#client.connected) resolve();
      else this.#client.once('connect', () => resolve());
    });
  }

  /**
   * Sends a message. QoS 1 resolves with the acknowledgement; where the connection is lost, it waits for the
   * reconnection.
   */
  async send(message: Message): Promise<void> {
    if (message.qos === 0) {
      const isClogged = this.#client.stream.writableLength > MOST_UNSENT_BYTES;
      if (this.#client.connected && !isClogged)
        this.#client.publish(message.topic, message.payload, { qos: 0, retain: message.isRetained === true });
      return;
    }
    await this.#client.publishAsync(message.topic, message.payload, { qos: 1 });
    this.#options.onAcknowledged(message);
  }

  /** Sends the pending messages, disconnects and closes; takes a few seconds at most. */
  async close(): Promise<void> {
    await Promise.race([this.#client.endAsync(), new Promise((resolve) => setTimeout(resolve, 2000).unref())]);
    if (this.#client.connected) await this.#client.endAsync(true);
  }

  #onConnect(): void {
    this.#isAnswered = true;
    this.#protocol.worked(versionOf(this.#client));
    if (this.#isReported) this.#options.say(`Connected to ${this.#options.broker}.`);
    this.#isReported = false;
    this.#retryMs = FIRST_RETRY_MS;
    this.#client.options.reconnectPeriod = FIRST_RETRY_MS;
    this.#client.subscribe(DISPATCH_FILTER, { qos: topics.dispatch.qos }, (error) => {
      if (error)
        this.#options.say(
          `The broker refuses ${DISPATCH_FILTER}: ${error.message}. Response units will not obey orders.`,
        );
    });
  }

  /** Where the broker closed the connection without an answer, the next attempt may be in another version of MQTT. */
  #chooseProtocol(): void {
    const [wasAnswered, error] = [this.#isAnswered, this.#lastError];
    this.#isAnswered = false;
    this.#lastError = undefined;
    const version = versionOf(this.#client);
    const isWrongVersion = error?.code === 1 || error?.code === 132;
    if (isWrongVersion) this.#protocol.unsupported(version, performance.now());
    else if (!wasAnswered && (error?.code === undefined || error.code === 'ECONNRESET'))
      this.#protocol.unanswered(version, performance.now());
    this.#client.options.protocolVersion = this.#protocol.next(performance.now());
  }

  #onClose(): void {
    this.#chooseProtocol();
    this.#report('the connection was closed');
    this.#retryMs = Math.min(LONGEST_RETRY_MS, this.#retryMs * 1.7);
    this.#client.options.reconnectPeriod = this.#retryMs;
  }

  #report(reason: string): void {
    if (this.#isReported || this.#client.disconnecting) return;
    this.#isReported = true;
    this.#options.say(
      `The broker at ${this.#options.broker} cannot be reached (${reason || 'no answer'}); trying again until it can.`,
    );
  }

  #onMessage(topic: string, payload: Uint8Array): void {
    const unitId = topic.slice(DISPATCH_FILTER.length - 1);
    try {
      const order = dispatchMessageSchema.safeParse(JSON.parse(new TextDecoder().decode(payload)));
      if (order.success) this.#options.onDispatch(unitId, order.data);
      else this.#options.say(`An order to ${unitId} is not understood: ${order.error.issues[0]?.message ?? ''}.`);
    } catch {
      this.#options.say(`An order to ${unitId} is not JSON.`);
    }
  }
}
