import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../shared/citizens/language.ts';
import { readRequestNumber } from '../../shared/citizens/serviceRequest.ts';
import { serviceOf } from '../../shared/citizens/services.ts';
import type { Fact } from '../../shared/public/fact.ts';
import type { EngineClient } from './EngineClient.ts';
import { factTitle } from './factWords.ts';
import { atomFeed } from './feeds/atom.ts';
import { capAlert, capIdentifier } from './feeds/cap.ts';
import { factsGeoJson } from './feeds/geojson.ts';
import { contextOf } from './pages/layout.ts';
import type { PageContext } from './pages/layout.ts';
import type { ContextFor } from './routes.ts';

/** Where people reach this portal, as they wrote it. */
export const siteOf = ({ protocol, host }: FastifyRequest): string => `${protocol}://${host}`;

const open = (reply: FastifyReply, type: string): FastifyReply =>
  reply.type(type).header('access-control-allow-origin', '*').header('cache-control', 'no-cache');

/** The context in the language that the address of a feed asks for. */
function feedContext(request: FastifyRequest, { language, county, nowMs }: PageContext): PageContext {
  const { lang } = request.query as { lang?: unknown };
  return contextOf(languages.find((each) => each === lang) ?? language, county, nowMs);
}

/** A feed without entries would look like "all is well", so what is not known is an entry. */
function factsFeed(request: FastifyRequest, engine: EngineClient, context: PageContext, isCap: boolean): string {
  const { words, times, county, countyName, language } = context;
  const site = siteOf(request);
  const facts = engine.facts ?? [];
  const silentSinceMs = engine.silentSinceMs;
  const hrefOf = (fact: Fact): string =>
    isCap ? `${site}/alerts/${capIdentifier(fact)}.xml` : `${site}/${language}#${encodeURIComponent(fact.id)}`;
  const notice = (id: string, title: string, text: string): Parameters<typeof atomFeed>[0]['entries'][number] => ({
    id: `urn:beacon:${id}`,
    title,
    text,
    updatedAtMs: silentSinceMs ?? context.nowMs,
    href: `${site}/${language}`,
    type: 'text/html',
  });
  const notices = [
    ...(engine.facts === undefined ? [notice('unknown', words.nothingKnown, words.nothingKnownMore)] : []),
    ...(silentSinceMs === undefined ? [] : [notice('silent', words.silent(times.at(silentSinceMs)), '')]),
    ...(county?.isSimulated === true ? [notice('simulated', words.simulated, '')] : []),
  ];
  return atomFeed({
    id: `urn:beacon:${county?.id ?? 'unknown'}:${isCap ? 'alerts' : 'now'}:${language}`,
    title: words.nowTitle(countyName),
    author: countyName,
    language,
    updatedAtMs: Math.max(0, ...facts.map(({ changedAtMs }) => changedAtMs)) || context.nowMs,
    selfUrl: `${site}${request.url}`,
    entries: [
      ...notices,
      ...facts.map((fact) => ({
        id: `urn:beacon:${county?.id ?? 'unknown'}:${fact.id}`,
        title: factTitle(fact, words, times),
        text: fact.text ?? '',
        updatedAtMs: fact.changedAtMs,
        href: hrefOf(fact),
        type: isCap ? 'application/cap+xml' : 'text/html',
      })),
    ],
  });
}

/** What becomes of one request, as a feed. */
function addRequestFeed(server: FastifyInstance, engine: EngineClient, contextFor: ContextFor): void {
  server.get<{ Params: { number: string } }>('/requests/:number.atom', async (request, reply) => {
    const number = readRequestNumber(request.params.number);
    const [found] = number === undefined ? [] : await engine.find([number]);
    if (found === undefined) return reply.callNotFound();
    const context = contextFor(request);
    const { words, countyName } = context;
    const id = `urn:beacon:request:${found.number}`;
    const href = `${siteOf(request)}/${context.language}/requests/${found.number}`;
    const entry = {
      id: `${id}:${String(found.changedAtMs)}`,
      title: `${serviceOf(found.serviceCode).name[context.language]}: ${words.states[found.state]}`,
      text: found.reason ?? '',
      updatedAtMs: found.changedAtMs,
      href,
      type: 'text/html',
    };
    return open(reply, 'application/atom+xml; charset=utf-8').send(
      atomFeed({
        id,
        title: words.request(found.number),
        author: countyName,
        language: context.language,
        updatedAtMs: found.changedAtMs,
        selfUrl: `${siteOf(request)}${request.url}`,
        entries: [entry],
      }),
    );
  });
}

/** The same facts as data: Atom, GeoJSON and CAP 1.2. */
export function addFeedRoutes(server: FastifyInstance, engine: EngineClient, contextOfPage: ContextFor): void {
  const contextFor: ContextFor = (request) => feedContext(request, contextOfPage(request));
  for (const isCap of [false, true])
    server.get(isCap ? '/alerts.atom' : '/now.atom', (request, reply) => {
      return open(reply, 'application/atom+xml; charset=utf-8').send(
        factsFeed(request, engine, contextFor(request), isCap),
      );
    });
  server.get('/now.geojson', (_request, reply) => {
    const { facts, county, silentSinceMs } = engine;
    if (facts === undefined || county === undefined)
      return open(reply.code(503), 'application/json').send({ error: 'Nothing is known at this moment.' });
    return open(reply, 'application/geo+json').send(
      JSON.stringify(
        factsGeoJson(facts, county.timeZone, silentSinceMs ?? engine.nowMs(), silentSinceMs !== undefined),
      ),
    );
  });
  server.get<{ Params: { id: string } }>('/alerts/:id.xml', (request, reply) => {
    const { facts = [], county } = engine;
    const fact = facts.find((each) => capIdentifier(each) === request.params.id);
    if (fact === undefined || county === undefined) return reply.callNotFound();
    return open(reply, 'application/cap+xml; charset=utf-8').send(capAlert(fact, county));
  });
  addRequestFeed(server, engine, contextFor);
}
