import { z } from 'zod';
import { accessFault } from '../../../shared/contract/accessFault.ts';
import { requests } from '../../../shared/contract/contract.ts';
import type {
  ClientMessage,
  ContractPort,
  RequestInput,
  RequestName,
  RequestOutput,
  ServerMessage,
} from '../../../shared/contract/contract.ts';
import { lackingSentence, may } from '../../../shared/people/permissions.ts';
import type { Person, ScreenPerson } from '../../../shared/people/person.ts';
import type { Log } from '../base/engine.ts';
import type { Handlers, SeatRequest, TimeRequest } from '../base/Handlers.ts';
import { RequestError } from '../base/RequestError.ts';
import type { Requester, RequestTurns } from './RequestTurns.ts';
import { isSeatRequest } from './SessionSeat.ts';
import type { Seat } from './SessionSeat.ts';
import { isTimeRequest } from './SessionTime.ts';
import type { SessionTime } from './SessionTime.ts';
import { alarmsWithoutHouseholds } from './withoutHouseholds.ts';

/** The contract that the carriers of the control room serve. */
export const AUDIENCE = 'desk';
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
  person: () => ScreenPerson | undefined;
  /** Whether a device measures a single household. */
  isHousehold: (deviceId: string) => boolean;
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
      if (requests[name].isCommand) seat.noteActive();
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
    // Who may not ask learns nothing from what is wrong with the question.
    const person = isSeatRequest(name) ? undefined : this.#admitted(name);
    const checked = requests[name].input.safeParse(input);
    if (!checked.success) throw new RequestError('badInput', `${name}: ${z.prettifyError(checked.error)}`);
    if (isSeatRequest(name))
      return (await seat.answer(name, checked.data as RequestInput<SeatRequest>)) as RequestOutput<N>;
    this.#demandHousehold(name, checked.data);
    if (isTimeRequest(name)) return time.answer(name, checked.data as RequestInput<TimeRequest>) as RequestOutput<N>;
    const ofPast = time.answerInPast(name, checked.data, requests[name].isCommand);
    if (ofPast !== undefined) return ofPast as RequestOutput<N>;
    const handle = handlers[name as Exclude<N, TimeRequest | SeatRequest>] as (
      input: RequestInput<N>,
      person: Person,
    ) => RequestOutput<N> | Promise<RequestOutput<N>>;
    // What a display may ask for is the same for everybody: those handlers do not look at the person.
    const output = await handle(checked.data as RequestInput<N>, person as Person);
    const isWithheld = name === 'alarms.history' && person !== undefined && !may(person.role, 'household.read');
    if (!isWithheld) return output;
    return { alarms: alarmsWithoutHouseholds((output as RequestOutput<'alarms.history'>).alarms) } as RequestOutput<N>;
  }

  /** Returns the person at the screen; throws a RequestError where that person may not make this request. */
  #admitted(name: RequestName): ScreenPerson {
    const person = this.#options.person();
    const fault = accessFault(requests[name], person, AUDIENCE);
    if (fault !== undefined || person === undefined) throw new RequestError('refused', fault ?? 'Sign in first.');
    return person;
  }

  /** Throws a RequestError where the answer would give a single household's use to somebody who may not see it. */
  #demandHousehold(name: RequestName, input: unknown): void {
    const [declared, person] = [requests[name], this.#options.person()];
    const deviceId = 'householdDevice' in declared ? declared.householdDevice(input as never) : undefined;
    if (deviceId === undefined || person === undefined || may(person.role, 'household.read')) return;
    if (this.#options.isHousehold(deviceId))
      throw new RequestError('refused', lackingSentence(person, 'household.read'));
  }

  #explain(id: number, name: RequestName, error: unknown): ServerMessage {
    if (error instanceof RequestError) return { type: 'error', id, code: error.code, message: error.message };
    this.#options.log('error', `The request ${name} failed.`, {
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
    return { type: 'error', id, code: 'internal', message: 'The engine could not do this. The cause is in its log.' };
  }
}
