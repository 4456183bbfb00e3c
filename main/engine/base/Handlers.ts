import type { RequestInput, RequestName, RequestOutput } from '../../../shared/contract/contract.ts';
import type { Person } from '../../../shared/people/person.ts';

/** Requests about who sits at one screen; its session answers them. */
export const seatRequests = [
  'people.welcome',
  'people.setUp',
  'people.signIn',
  'people.resume',
  'people.showToken',
  'people.signOut',
  'people.active',
  'people.changePassword',
] as const satisfies RequestName[];
export type SeatRequest = (typeof seatRequests)[number];

/** Requests about the time that one screen shows; its session answers them. */
export type TimeRequest = Extract<RequestName, `time.${string}`>;

/** The engine's answers to the contract: one handler per request that does not concern one screen alone. */
export type Handlers = {
  [N in Exclude<RequestName, TimeRequest | SeatRequest>]: (
    input: RequestInput<N>,
    person: Person,
  ) => RequestOutput<N> | Promise<RequestOutput<N>>;
};
