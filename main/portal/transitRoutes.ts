import type { FastifyInstance, FastifyReply } from 'fastify';
import type { TransitNow } from '../../shared/public/transitNow.ts';
import type { EngineClient } from './EngineClient.ts';
import { factTitle } from './factWords.ts';
import { serviceAlerts, tripUpdates, vehiclePositions } from './feeds/gtfsRealtime.ts';
import { timesOf } from './times.ts';
import { wordsOf } from './words/words.ts';

/** The engine is asked this often, however many readers there are. */
const FRESH_MS = 5000;

/** The newest picture of public transport. While the engine is away it stays as it was, and its stamp shows the age. */
class TransitPicture {
  readonly #engine: EngineClient;
  readonly #monotonicMs: () => number;
  #asked: { atMs: number; now: Promise<TransitNow | undefined> } | undefined;
  #last: TransitNow | undefined;

  constructor(engine: EngineClient, monotonicMs: () => number) {
    this.#engine = engine;
    this.#monotonicMs = monotonicMs;
  }

  now(): Promise<TransitNow | undefined> {
    const atMs = this.#monotonicMs();
    if (this.#asked === undefined || atMs - this.#asked.atMs >= FRESH_MS) this.#asked = { atMs, now: this.#ask() };
    return this.#asked.now;
  }

  async #ask(): Promise<TransitNow | undefined> {
    try {
      this.#last = (await this.#engine.ask('transit.now', {})).now;
    } catch (error) {
      if (this.#last === undefined) throw error;
    }
    return this.#last;
  }
}

const send = (reply: FastifyReply, bytes: Uint8Array): FastifyReply =>
  reply
    .type('application/x-protobuf')
    .header('access-control-allow-origin', '*')
    .header('cache-control', 'no-cache')
    .send(Buffer.from(bytes));

/** GTFS-Realtime 2.0: trip updates, vehicle positions and alerts, each a full data set. */
export function addTransitRoutes(server: FastifyInstance, engine: EngineClient, monotonicMs: () => number): void {
  const picture = new TransitPicture(engine, monotonicMs);
  const feeds = { 'trip-updates': tripUpdates, 'vehicle-positions': vehiclePositions };
  for (const [name, encode] of Object.entries(feeds))
    server.get(`/gtfs-realtime/${name}.pb`, async (_request, reply) => {
      const now = await picture.now();
      return now === undefined ? reply.callNotFound() : send(reply, encode(now));
    });
  server.get('/gtfs-realtime/alerts.pb', (_request, reply) => {
    const { facts, county, silentSinceMs } = engine;
    if (facts === undefined || county === undefined) return reply.callNotFound();
    const { timeZone } = county;
    return send(
      reply,
      serviceAlerts(facts, silentSinceMs ?? engine.nowMs(), (fact, language) =>
        factTitle(fact, wordsOf[language], timesOf(language, timeZone)),
      ),
    );
  });
}
