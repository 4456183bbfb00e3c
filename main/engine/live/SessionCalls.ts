import { z } from 'zod';
import { requests } from '../../../shared/contract/contract.ts';
import type {
  ClientMessage,
  ContractPort,
  RequestInput,
  RequestName,
  RequestOutput,
  ServerMessage,
} from '../../../shared/contract/contract.ts';
import { isAtLeast } from '../../../shared/people/person.ts';
import type { Person } from '../../../shared/people/person.ts';
import type { Log } from '../base/engine.ts';
import type { Handlers, SeatRequest, TimeRequest } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Requester, RequestTurns } from './RequestTurns.ts';
import { isSeatRequest } from './SessionSeat.ts';
import type { Seat } from './SessionSeat.ts';
import { isTimeRequest } from './SessionTime.ts';
import type { SessionTime } from './SessionTime.ts';

/**
 * How many requests of one screen may be under way at once; more are refused, so that none can fill the engine's
 * memory.
 */
const MOST_REQUESTS = 64;
/** How many of them may have begun. */
const MOST_BEGUN = 16;
/** While a screen has this much to read, no further request of it begins. */
const MOST_UNREAD_BYTES = 1_000_000;

type SessionCallsOptions = {
  handlers: Handlers;
  log: Log;
  turns: RequestTurns;
  port: Pick<ContractPort, 'bufferedBytes'>;
  seat: Seat;
  time: SessionTime;
  person: () => Person | undefined;
  /** Throws where the message cannot be sent. */
  send: (message: ServerMessage) => void;
  /** Called with what was thrown where not even an error could be sent. */
  fail: (error: unknown) => void;
};

/** Answers the requests of one screen: each in its turn, with the rights of the person who sits there. */
export class SessionCalls implements Requester {
  readonly #options: SessionCallsOptions;
  #underWay = 0;
  #begun = 0;

  constructor(options: SessionCallsOptions) {
    this.#options = options;
  }

  readonly isBlocked = (): boolean =>
    this.#begun >= MOST_BEGUN || this.#options.port.bufferedBytes() > MOST_UNREAD_BYTES;

  /** Answers a request when it is its turn. */
  ask({ id, name, input }: Extract<ClientMessage, { type: 'request' }>): void {
    if (this.#underWay >= MOST_REQUESTS) {
      const message = 'Too many requests at once. Try again in a moment.';
      this.#options.send({ type: 'error', id, code: 'unavailable', message });
      return;
    }
    this.#underWay++;
    this.inTurn(() => {
      this.#begun++;
      void this.#answer(id, name, input)
        .catch(this.#options.fail)
        .finally(() => {
          this.#begun--;
          this.#underWay--;
        });
    });
  }

  /** Does other work for the screen when it is its turn. */
  inTurn(work: () => void): void {
    this.#options.turns.run(this, work);
  }

  /** Must be called when the screen is gone. */
  end(): void {
    this.#options.turns.forget(this);
  }

  async #answer(id: number, name: RequestName, input: unknown): Promise<void> {
    const { send, seat } = this.#options;
    try {
      const output = await this.#call(name, input);
      this.#charged(() => send({ type: 'answer', id, output }));
      seat.settle();
    } catch (error) {
      send(this.#explain(id, name, error));
    }
  }

  /** Writing a large answer takes longer than finding it. */
  #charged(work: () => void): void {
    const startedMs = performance.now();
    work();
    this.#options.turns.charge(this, performance.now() - startedMs);
  }

  async #call<N extends RequestName>(name: N, input: unknown): Promise<RequestOutput<N>> {
    const { seat, time, handlers } = this.#options;
    const checked = requests[name].input.safeParse(input);
    if (!checked.success) throw new RequestError('badInput', `${name}: ${z.prettifyError(checked.error)}`);
    if (isSeatRequest(name))
      return (await seat.answer(name, checked.data as RequestInput<SeatRequest>)) as RequestOutput<N>;
    const person = this.#options.person();
    if (person === undefined) throw new RequestError('refused', 'Sign in first.');
    if (!isAtLeast(person.role, requests[name].role))
      throw new RequestError(
        'refused',
        `This needs the role ${requests[name].role}; ${person.name} is ${person.role}.`,
      );
    if (isTimeRequest(name)) return time.answer(name, checked.data as RequestInput<TimeRequest>) as RequestOutput<N>;
    const ofPast = time.answerInPast(name, checked.data, requests[name].isCommand);
    if (ofPast !== undefined) return ofPast as RequestOutput<N>;
    const handle = handlers[name as Exclude<N, TimeRequest | SeatRequest>] as (
      input: RequestInput<N>,
      person: Person,
    ) => RequestOutput<N> | Promise<RequestOutput<N>>;
    return await handle(checked.data as RequestInput<N>, person);
  }

  #explain(id: number, name: RequestName, error: unknown): ServerMessage {
    if (error instanceof RequestError) return { type: 'error', id, code: error.code, message: error.message };
    this.#options.log('error', `The request ${name} failed.`, {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { type: 'error', id, code: 'internal', message: 'The engine could not do this. The cause is in its log.' };
  }
}
