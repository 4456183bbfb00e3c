import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { MOST_ADDRESS, MOST_WORDS, readRequestNumber } from '../../../shared/citizens/serviceRequest.ts';
import { hasService, serviceOf } from '../../../shared/citizens/services.ts';
import type { OwnWords, PublicRequest } from '../../../shared/public/publicContract.ts';
import { AnswerError } from '../EngineClient.ts';
import type { EngineClient } from '../EngineClient.ts';
import { siteOf } from '../feedRoutes.ts';
import { limitedTogether, limits } from '../limits.ts';
import { fieldText, fieldTexts, readAttributes, readPlace } from '../reportForm.ts';
import type { Fields, Submission } from '../reportForm.ts';
import { answer, errorAnswer, Open311Error } from './answers.ts';
import { listOf, readQuery } from './query.ts';
import { definition, discovery, oneRequest, requestList, serviceList } from './resources.ts';

const BASE = '/open311/v2';
const forms = ['xml', 'json'] as const;
const MOST_NUMBERS = 100;

type Handler<P = unknown> = (request: FastifyRequest<{ Params: P }>, reply: FastifyReply) => unknown;

/** The arguments of a request, in its address or in its form. */
function argumentsOf({ query, body }: Pick<FastifyRequest, 'query' | 'body'>): Fields {
  return { ...(query as Fields), ...(typeof body === 'object' ? (body as Fields | null) : {}) };
}

/** Answers what is thrown in the form of Open311. */
const guarded =
  <P>(handler: Handler<P>): Handler<P> =>
  async (request, reply) => {
    try {
      return await handler(request, reply);
    } catch (error) {
      if (error instanceof Open311Error) return errorAnswer(request, reply, error.status, error.message);
      if (error instanceof AnswerError) return errorAnswer(request, reply, error.statusCode, error.message);
      throw error;
    }
  };

/** There is one jurisdiction, so nobody has to name it; another one is not found here. */
function checkJurisdiction(fields: Fields, engine: EngineClient): void {
  const asked = fieldText(fields, 'jurisdiction_id');
  if (asked !== '' && asked !== engine.county?.id)
    throw new Open311Error(404, `The jurisdiction_id ${asked.slice(0, 100)} was not found.`);
}

/** The place of a posted request: degrees, or words. An id of an address says nothing here, as there is no register. */
function placeOf(fields: Fields, engine: EngineClient): Pick<Submission, 'lon' | 'lat' | 'address'> {
  const place = readPlace(fieldText(fields, 'lat'), fieldText(fields, 'long'), engine.county);
  const address = [fieldText(fields, 'address_string'), fieldText(fields, 'address_id')].filter(Boolean).join(', ');
  if (place === 'unreadable') throw new Open311Error(400, 'lat and long are degrees, and both are needed.');
  if (place === 'outside') throw new Open311Error(400, 'lat and long are not in this jurisdiction.');
  if (place === 'none' && address === '')
    throw new Open311Error(400, 'A location is required: lat and long, address_string or address_id.');
  if (address.length > MOST_ADDRESS)
    throw new Open311Error(400, `address_string has at most ${String(MOST_ADDRESS)} characters.`);
  return { ...(typeof place === 'object' && place), ...(address !== '' && { address }) };
}

function readPost(fields: Fields, engine: EngineClient): Submission {
  const code = fieldText(fields, 'service_code');
  if (code === '') throw new Open311Error(400, 'service_code was not provided.');
  if (!hasService(code)) throw new Open311Error(404, `The service_code ${code.slice(0, 100)} was not found.`);
  const { attributes, wrong } = readAttributes(serviceOf(code), (each) => [
    ...fieldTexts(fields, `attribute[${each}]`),
    ...fieldTexts(fields, `attribute[${each}][]`),
  ]);
  if (wrong.length > 0)
    throw new Open311Error(400, `The attribute ${wrong.join(', ')} is missing or has no such value.`);
  const text = fieldText(fields, 'description');
  if (text.length > MOST_WORDS)
    throw new Open311Error(400, `description has at most ${String(MOST_WORDS)} characters.`);
  return {
    serviceCode: code,
    // A request may consist of place and service alone.
    text: text === '' ? serviceOf(code).name.en : text,
    language: 'en',
    ...placeOf(fields, engine),
    ...(attributes.length > 0 && { attributes }),
  };
}

/** What the program that asks posted itself of these requests; nothing for one without a key. */
async function ownedBy(
  fields: Fields,
  engine: EngineClient,
  requests: readonly PublicRequest[],
): Promise<Map<string, OwnWords>> {
  const apiKey = fieldText(fields, 'api_key').slice(0, 100);
  const numbers = requests.map(({ number }) => number);
  if (apiKey === '' || numbers.length === 0) return new Map();
  const owned = new Map<string, OwnWords>();
  for (let at = 0; at < numbers.length; at += MOST_NUMBERS) {
    const part = await engine.ask('request.posted', { apiKey, numbers: numbers.slice(at, at + MOST_NUMBERS) });
    for (const { number, words } of part.requests) owned.set(number, words);
  }
  return owned;
}

async function byNumbers(typed: readonly string[], engine: EngineClient): Promise<PublicRequest[]> {
  if (typed.length > MOST_NUMBERS)
    throw new Open311Error(400, `At most ${String(MOST_NUMBERS)} service_request_ids can be asked for.`);
  return engine.find(typed.flatMap((each) => readRequestNumber(each) ?? []));
}

function addDescriptions(server: FastifyInstance, engine: EngineClient, form: (typeof forms)[number]): void {
  server.get(`/open311/discovery.${form}`, (request, reply) => {
    const { name = 'Beacon', isSimulated = false } = engine.county ?? {};
    const { json, xml } = discovery(`${siteOf(request)}/open311`, name, isSimulated);
    return answer(request, reply, json, xml);
  });
  server.get(
    `${BASE}/services.${form}`,
    guarded((request, reply) => {
      checkJurisdiction(argumentsOf(request), engine);
      const { json, xml } = serviceList();
      return answer(request, reply, json, xml);
    }),
  );
  server.get<{ Params: { code: string } }>(
    `${BASE}/services/:code.${form}`,
    guarded<{ code: string }>((request, reply) => {
      checkJurisdiction(argumentsOf(request), engine);
      const { code } = request.params;
      if (!hasService(code)) throw new Open311Error(404, `The service_code ${code} was not found.`);
      const { json, xml } = definition(serviceOf(code));
      return answer(request, reply, json, xml);
    }),
  );
}

function addPost(
  server: FastifyInstance,
  engine: EngineClient,
  form: (typeof forms)[number],
  limited: RouteShorthandOptions,
): void {
  server.post(
    `${BASE}/requests.${form}`,
    limited,
    guarded(async (request, reply) => {
      const fields = argumentsOf(request);
      const apiKey = fieldText(fields, 'api_key');
      if (apiKey === '' || apiKey.length > 100) throw new Open311Error(403, 'A valid api_key was not provided.');
      checkJurisdiction(fields, engine);
      const submission = readPost(fields, engine);
      const { number } = await engine.ask('request.submit', { ...submission, channel: 'open311', apiKey });
      const { json, xml } = oneRequest({ service_request_id: number, service_notice: null, account_id: null });
      return answer(request, reply, json, xml, 201);
    }),
  );
}

function addSearch(
  server: FastifyInstance,
  engine: EngineClient,
  form: (typeof forms)[number],
  limited: RouteShorthandOptions,
): void {
  const send = async (request: FastifyRequest, reply: FastifyReply, requests: PublicRequest[]): Promise<unknown> => {
    const owned = await ownedBy(argumentsOf(request), engine, requests);
    const { json, xml } = requestList(requests, owned, engine.county?.name ?? '');
    return answer(request, reply, json, xml);
  };
  server.get(
    `${BASE}/requests.${form}`,
    limited,
    guarded(async (request, reply) => {
      const fields = argumentsOf(request);
      checkJurisdiction(fields, engine);
      const numbers = listOf(fields, 'service_request_id');
      if (numbers.length > 0) return send(request, reply, await byNumbers(numbers, engine));
      const { requests } = await engine.ask('request.between', readQuery(fields, engine.nowMs()));
      return send(request, reply, requests);
    }),
  );
  server.get<{ Params: { id: string } }>(
    `${BASE}/requests/:id.${form}`,
    guarded<{ id: string }>(async (request, reply) => {
      checkJurisdiction(argumentsOf(request), engine);
      const found = await byNumbers([request.params.id], engine);
      if (found.length === 0) throw new Open311Error(404, 'The service_request_id was not found.');
      return send(request, reply, found);
    }),
  );
  // A number is given at once, so it is its own token.
  server.get<{ Params: { token: string } }>(
    `${BASE}/tokens/:token.${form}`,
    guarded<{ token: string }>(async (request, reply) => {
      checkJurisdiction(argumentsOf(request), engine);
      const { token } = request.params;
      const [found] = await byNumbers([token], engine);
      if (found === undefined) throw new Open311Error(404, 'The token was not found.');
      const { json, xml } = oneRequest({ service_request_id: found.number, token });
      return answer(request, reply, json, xml);
    }),
  );
}

/** Open311 GeoReport v2 and its service discovery. */
export function addOpen311Routes(server: FastifyInstance, engine: EngineClient): void {
  const [posts, searches] = [limitedTogether(server, limits.posts), limitedTogether(server, limits.searches)];
  for (const form of forms) {
    addDescriptions(server, engine, form);
    addPost(server, engine, form, posts);
    addSearch(server, engine, form, searches);
  }
}
