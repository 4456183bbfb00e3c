import type { UnitReport, Value } from '../../../shared/base/values.ts';
import type { SentOrder } from '../../../shared/dispatch/sentOrder.ts';
import type { DispatchMessage } from '../../../shared/wire/topics.ts';
import { topicOf, topics } from '../../../shared/wire/topics.ts';
import type { Log } from '../base/engine.ts';
import { Emitter } from '../base/Emitter.ts';

type OrderPostOptions = {
  /**
   * Resolves when the broker has the message; `isHeard` is false where it says that nobody subscribes to the topic.
   * Rejects where the broker refuses the message.
   */
  publish: (topic: string, payload: string, qos: 0 | 1) => Promise<{ isHeard: boolean }>;
  log: Log;
};

/** The words of the MQTT reason code, such as "not authorized". */
function reasonOf(error: unknown): string {
  const text = (error instanceof Error ? error.message : String(error)).replace(/^Publish error: /, '');
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Older orders than this many are forgotten. */
const MOST_KEPT = 200;

/**
 * Sends orders to units, and keeps how far each one is: the broker may be away, may refuse it, or may have nobody to
 * give it to, and the person who gave the order has to see that before the unit is missed. An order that waits for the
 * broker lasts as long as this process; the record has every order in any case.
 */
export class OrderPost {
  readonly #options: OrderPostOptions;
  readonly #changed = new Emitter();
  /** By unit: an order replaces the one before it. */
  readonly #orders = new Map<string, SentOrder>();
  readonly onChange = this.#changed.on;

  constructor(options: OrderPostOptions) {
    this.#options = options;
  }

  /** The newest order of each unit, the oldest first. */
  all(): SentOrder[] {
    return [...this.#orders.values()];
  }

  send(unitId: string, message: DispatchMessage): void {
    const { incident: incidentId, order, at: atMs } = message;
    const given: SentOrder = { incidentId, unitId, order, atMs, state: 'waiting' };
    this.#set(given);
    this.#options.publish(topicOf('dispatch', unitId), JSON.stringify(message), topics.dispatch.qos).then(
      ({ isHeard }) => this.#advance(given, { state: isHeard ? 'sent' : 'unheard' }),
      (error: unknown) => {
        const reason = reasonOf(error);
        this.#options.log('warn', `The order for ${unitId} to ${incidentId} was refused: ${reason}`);
        this.#advance(given, { state: 'refused', reason });
      },
    );
  }

  /** Takes the reports of units: one that reports its order has received it. */
  noteValues(values: readonly Value[]): void {
    for (const value of values) if (value.kind === 'unit') this.#noteReport(value);
  }

  #noteReport({ unitId, status, incidentId, atMs }: UnitReport): void {
    const order = this.#orders.get(unitId);
    const isOfOrder = order?.order === 'go' && order.incidentId === incidentId && atMs >= order.atMs;
    if (isOfOrder && (status === 'dispatched' || status === 'accepted')) this.#advance(order, { state: 'received' });
  }

  /** Changes the state of an order, where no newer one has replaced it and the unit does not have it already. */
  #advance({ unitId, incidentId, atMs }: SentOrder, next: Pick<SentOrder, 'state' | 'reason'>): void {
    const order = this.#orders.get(unitId);
    if (order?.incidentId !== incidentId || order.atMs !== atMs || order.state === 'received') return;
    this.#set({ ...order, ...next });
  }

  #set(order: SentOrder): void {
    this.#orders.delete(order.unitId);
    this.#orders.set(order.unitId, order);
    const oldest = this.#orders.keys().next().value;
    if (this.#orders.size > MOST_KEPT && oldest !== undefined) this.#orders.delete(oldest);
    this.#changed.emit();
  }
}
