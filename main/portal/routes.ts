import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import type { EngineClient } from './EngineClient.ts';
import type { PageContext } from './pages/layout.ts';
import type { Fields } from './reportForm.ts';

/** Makes the context of a page for who asks. */
export type ContextFor = (request: FastifyRequest) => PageContext;
/** What routes of pages are made of. */
export type Routes = {
  server: FastifyInstance;
  engine: EngineClient;
  contextFor: ContextFor;
  /** The options of every route that takes a form: they have one limit together. */
  form: RouteShorthandOptions;
};

/** Sends a page that the browser asks for again each time. */
export const sendPage = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(text);

/** The fields of a form that was sent. */
export const fieldsOf = (body: unknown): Fields => (typeof body === 'object' && body !== null ? (body as Fields) : {});
