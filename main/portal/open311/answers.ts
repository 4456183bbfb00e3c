import type { FastifyReply, FastifyRequest } from 'fastify';
import { element, xmlDocument } from '../feeds/xml.ts';
import type { Xml } from '../feeds/xml.ts';

/** The forms in which Open311 answers. */
type Format = 'xml' | 'json';

const types: Readonly<Record<Format, string>> = {
  xml: 'text/xml; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

/** The form that an address asks for by its end; XML, which the specification requires, for any other. */
export const formatOf = ({ url }: FastifyRequest): Format => (/\.json(?:\?|$)/.test(url) ? 'json' : 'xml');

/** Why a request is refused, with the status of HTTP that Open311 has for it. */
export class Open311Error extends Error {
  override readonly name = 'Open311Error';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const send = (request: FastifyRequest, reply: FastifyReply, status: number, json: unknown, xml: Xml): FastifyReply => {
  const format = formatOf(request);
  return reply
    .code(status)
    .type(types[format])
    .header('access-control-allow-origin', '*')
    .header('cache-control', 'no-cache')
    .send(format === 'json' ? JSON.stringify(json) : xmlDocument(xml));
};

/** Sends an answer in the form that was asked for. */
export const answer = (
  request: FastifyRequest,
  reply: FastifyReply,
  json: unknown,
  xml: Xml,
  status = 200,
): FastifyReply => send(request, reply, status, json, xml);

/** Sends an error in the form that was asked for. */
export const errorAnswer = (
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  description: string,
): FastifyReply =>
  send(
    request,
    reply,
    status,
    [{ code: status, description }],
    element('errors', [element('error', [element('code', status), element('description', description)])]),
  );

/** The fields of a flat answer as elements, in their order; null leaves an empty element. */
export const fieldElements = (fields: Readonly<Record<string, string | number | boolean | null>>): Xml[] =>
  Object.entries(fields).map(([name, value]) => element(name, typeof value === 'boolean' ? String(value) : value));
