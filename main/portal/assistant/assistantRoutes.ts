import { randomBytes } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MINUTE_MS } from '../../../shared/base/durations.ts';
import { languages } from '../../../shared/citizens/language.ts';
import type { CountyPage } from '../../../shared/public/countyPage.ts';
import type { EngineClient } from '../EngineClient.ts';
import { limitedTogether, limits } from '../limits.ts';
import type { PageContext } from '../pages/layout.ts';
import { fieldText } from '../reportForm.ts';
import type { Fields } from '../reportForm.ts';
import type { Present } from './Assistant.ts';
import { chatPage, countyPagePage, MOST_QUESTION } from './chatPages.ts';
import { Conversations } from './Conversations.ts';
import { LiveAssistant } from './LiveAssistant.ts';
import { assistantWords } from './words.ts';

const MOST = { conversations: 2000, turns: 20, idleMs: 30 * MINUTE_MS };
const ID = /^[\w-]{22}$/;

const send = (reply: FastifyReply, text: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(text);

const dayOf = (nowMs: number, timeZone: string): string =>
  // The Swedish form of a day is the one of ISO 8601.
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(nowMs);

const presentOf = (engine: EngineClient): Present => {
  const nowMs = engine.nowMs();
  const { facts, silentSinceMs, county } = engine;
  return { facts, silentSinceMs, nowMs, day: dayOf(nowMs, county?.timeZone ?? 'UTC') };
};

/** The conversation with the assistant, and the county's pages. Both work without scripts. */
export function addAssistantRoutes(
  server: FastifyInstance,
  engine: EngineClient,
  contextFor: (request: FastifyRequest) => PageContext,
): void {
  const assistant = new LiveAssistant(() => engine.pages);
  const conversations = new Conversations(MOST);
  const limited = limitedTogether(server, limits.questions);
  const pages = (): readonly CountyPage[] => engine.pages?.pages ?? [];
  for (const language of languages) {
    const path = `/${language}/assistant`;
    server.get(path, (request, reply) => {
      assistant.prepare();
      const asked = fieldText(request.query as Fields, 'conversation');
      const id = ID.test(asked) ? asked : randomBytes(16).toString('base64url');
      const turns = conversations.turns(id, engine.nowMs());
      return send(reply, chatPage(contextFor(request), { id, turns, pages: pages() }));
    });
    server.post(path, limited, async (request, reply) => {
      const fields = (request.body ?? {}) as Fields;
      const asked = fieldText(fields, 'conversation');
      const id = ID.test(asked) ? asked : randomBytes(16).toString('base64url');
      const question = fieldText(fields, 'question').slice(0, MOST_QUESTION);
      const present = presentOf(engine);
      const turns = conversations.turns(id, present.nowMs);
      const refuse = (status: number, notice: string): FastifyReply =>
        send(reply.code(status), chatPage(contextFor(request), { id, turns, pages: pages(), notice }));
      if (question === '') return refuse(400, assistantWords[language].empty);
      const turn = await assistant.answer(question, language, turns, present);
      if (turn === undefined) return refuse(503, assistantWords[language].busy);
      conversations.add(id, turn, present.nowMs);
      return reply.redirect(`${path}?conversation=${id}#ask`, 303);
    });
    server.get<{ Params: { id: string } }>(`/${language}/pages/:id`, (request, reply) => {
      const page = pages().find((each) => each.language === language && each.id === request.params.id);
      return page === undefined ? reply.callNotFound() : send(reply, countyPagePage(contextFor(request), page));
    });
  }
}
