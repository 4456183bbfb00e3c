import type { FastifyInstance, RouteShorthandOptions } from 'fastify';
import { MINUTE_MS } from '../../shared/base/durations.ts';

/** Addresses whose requests are counted; of more than these the ones that were seen last. */
const MOST_ADDRESSES = 20_000;

/** What one address may ask for. */
export const limits = {
  /** A person reads, a school behind one address reads much. */
  reads: { max: 400, timeWindow: 10_000, cache: MOST_ADDRESSES },
  /** Forms of all kinds: a family reports much on a bad day, a machine reports more. */
  forms: { max: 20, timeWindow: 10 * MINUTE_MS, cache: MOST_ADDRESSES },
  /** For each look at the own use the engine reads the values of a month. */
  useReads: { max: 60, timeWindow: MINUTE_MS, cache: MOST_ADDRESSES },
  /** What a report is about is found here, and costs the engine nothing. */
  choices: { max: 60, timeWindow: 10 * MINUTE_MS, cache: MOST_ADDRESSES },
  /** A conversation has many questions, and each takes some milliseconds here. */
  questions: { max: 60, timeWindow: 10 * MINUTE_MS, cache: MOST_ADDRESSES },
  /** An application may post for many people. */
  posts: { max: 60, timeWindow: MINUTE_MS, cache: MOST_ADDRESSES },
  /** For each search the engine looks through all requests. */
  searches: { max: 60, timeWindow: MINUTE_MS, cache: MOST_ADDRESSES },
} as const;

/**
 * The options of routes that have a limit together, in place of the limit of reading. With `config.rateLimit`, each
 * route would have a count of its own.
 */
export const limitedTogether = (
  server: FastifyInstance,
  limit: (typeof limits)[keyof typeof limits],
): RouteShorthandOptions => ({ onRequest: server.rateLimit(limit), config: { rateLimit: false } });
