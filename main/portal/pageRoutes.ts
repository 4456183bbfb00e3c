import type { FastifyInstance, FastifyReply } from 'fastify';
import { MINUTE_MS } from '../../shared/base/durations.ts';
import { languages } from '../../shared/citizens/language.ts';
import { hasService, serviceOf } from '../../shared/citizens/services.ts';
import { MOST_ADDRESS, MOST_WORDS, readRequestNumber } from '../../shared/citizens/serviceRequest.ts';
import type { PublicRequest } from '../../shared/public/publicContract.ts';
import { AnswerError } from './EngineClient.ts';
import type { EngineClient } from './EngineClient.ts';
import { html } from './html.ts';
import { limitedTogether, limits } from './limits.ts';
import type { PageContext } from './pages/layout.ts';
import { addMarks } from './markRoutes.ts';
import { nowPage } from './pages/nowPage.ts';
import { plainPage } from './pages/plainPage.ts';
import { choicePage, reportPage, servicesPage, similarPage } from './pages/reportPages.ts';
import { requestPage, requestsPage } from './pages/requestPages.ts';
import type { OwnView } from './pages/requestPages.ts';
import { fieldText, readReport } from './reportForm.ts';
import { addUse } from './useRoutes.ts';
import { fieldsOf, sendPage } from './routes.ts';
import type { ContextFor, Routes } from './routes.ts';
import { comparedServices, suggestServices } from './text/suggestServices.ts';
import type { Fields, Submission } from './reportForm.ts';

const MOST_PAGES = 200;

/** The request of a number as it was typed; undefined where there is none. */
async function findRequest(engine: EngineClient, typed: string): Promise<PublicRequest | undefined> {
  const number = readRequestNumber(typed);
  return number === undefined ? undefined : (await engine.find([number]))[0];
}

/** The page of what is going on is the same for everybody for a minute, unless something is published. */
function addNow({ server, engine, contextFor }: Routes): void {
  const pages = new Map<string, string>();
  server.get('/', (request, reply) => reply.redirect(`/${contextFor(request).language}`, 302));
  for (const language of languages)
    server.get(`/${language}`, (request, reply) => {
      const context = contextFor(request);
      const silentSinceMs = engine.silentSinceMs;
      const key = [language, engine.version, silentSinceMs, Math.floor(context.nowMs / MINUTE_MS)].join(' ');
      let text = pages.get(key);
      if (text === undefined) {
        if (pages.size > languages.length) pages.clear();
        text = nowPage(context, engine.facts, silentSinceMs);
        pages.set(key, text);
      }
      return sendPage(reply, text);
    });
}

/** Sends a report to the engine; what was written is shown again where it cannot be taken. */
async function submit(
  engine: EngineClient,
  context: PageContext,
  reply: FastifyReply,
  fields: Fields,
  submission: Submission,
): Promise<FastifyReply> {
  const { language, words } = context;
  const service = serviceOf(submission.serviceCode);
  try {
    const { lon, lat } = submission;
    if (fieldText(fields, 'isNew') !== 'yes' && lon !== undefined && lat !== undefined) {
      const serviceCodes = comparedServices(service.code, submission.text);
      const { requests } = await engine.ask('request.similar', { serviceCodes, lon, lat });
      if (requests.length > 0) return await sendPage(reply, similarPage(context, service, fields, requests));
    }
    const { number, key } = await engine.ask('request.submit', { ...submission, channel: 'web' });
    return await reply.redirect(`/${language}/requests/${number}?key=${key}&new=1`, 303);
  } catch (error) {
    if (!(error instanceof AnswerError)) throw error;
    const above = html`<div class="faults" role="alert">
      <h2>${words.notTaken}</h2>
      <p>${words.notTakenMore}</p>
    </div>`;
    return sendPage(reply.code(503), reportPage(context, service, fields, [], above));
  }
}

/** The choice of a service: all of them, or first those that the words are probably about. */
function addChoice({ server, contextFor }: Routes): void {
  const limited = limitedTogether(server, limits.choices);
  for (const language of languages) {
    server.get(`/${language}/report`, (request, reply) => sendPage(reply, servicesPage(contextFor(request))));
    server.post(`/${language}/report`, limited, (request, reply) => {
      const fields = fieldsOf(request.body);
      const [words, code] = [fieldText(fields, 'words').slice(0, MOST_WORDS), fieldText(fields, 'code')];
      const address = fieldText(fields, 'address').slice(0, MOST_ADDRESS);
      const context = contextFor(request);
      if (hasService(code)) return sendPage(reply, reportPage(context, serviceOf(code), { words, address }, []));
      return sendPage(reply, choicePage(context, words, suggestServices(words).map(serviceOf)));
    });
  }
}

function addReports({ server, engine, contextFor, form }: Routes): void {
  for (const language of languages) {
    server.get<{ Params: { code: string } }>(`/${language}/report/:code`, (request, reply) =>
      hasService(request.params.code)
        ? sendPage(reply, reportPage(contextFor(request), serviceOf(request.params.code), {}, []))
        : reply.callNotFound(),
    );
    server.post<{ Params: { code: string } }>(`/${language}/report/:code`, form, async (request, reply) => {
      const { code } = request.params;
      if (!hasService(code)) return reply.callNotFound();
      const context = contextFor(request);
      const fields = fieldsOf(request.body);
      const read = readReport(code, fields, language, context.words, context.county);
      if ('faults' in read) return sendPage(reply.code(400), reportPage(context, serviceOf(code), fields, read.faults));
      return submit(engine, context, reply, fields, read.submission);
    });
  }
}

/** What the reporter sees of his request, where the key in the address is right. */
async function ownView(engine: EngineClient, number: string, query: Fields): Promise<OwnView | undefined> {
  const key = fieldText(query, 'key');
  if (key === '' || key.length > 100) return undefined;
  try {
    const words = await engine.ask('request.own', { number, key });
    return { key, words, isNew: fieldText(query, 'new') === '1' };
  } catch (error) {
    // A wrong key shows what everybody sees, and so does an engine that is away.
    if (error instanceof AnswerError) return undefined;
    throw error;
  }
}

function addRequests({ server, engine, contextFor, form }: Routes): void {
  for (const language of languages) {
    const base = `/${language}/requests`;
    server.get(base, (request, reply) => {
      const asked = Number(fieldText(request.query as Fields, 'page'));
      const number = Number.isInteger(asked) && asked >= 1 && asked <= MOST_PAGES ? asked : 1;
      return sendPage(reply, requestsPage(contextFor(request), engine.requests, number));
    });
    server.get(`${base}/find`, async (request, reply) => {
      const typed = fieldText(request.query as Fields, 'number').slice(0, 30);
      const found = await findRequest(engine, typed);
      if (found !== undefined) return reply.redirect(`${base}/${found.number}`, 302);
      return sendPage(reply.code(404), requestsPage(contextFor(request), engine.requests, 1, typed));
    });
    server.get<{ Params: { number: string } }>(`${base}/:number`, async (request, reply) => {
      const number = readRequestNumber(request.params.number);
      const own = number === undefined ? undefined : await ownView(engine, number, request.query as Fields);
      const found = await findRequest(engine, request.params.number);
      if (found === undefined) return reply.callNotFound();
      return sendPage(reply, requestPage(contextFor(request), found, own));
    });
    addRequestForms({ server, engine, form }, base);
  }
}

/** What people do with a request: follow it, and say whether it is fixed. */
function addRequestForms({ server, engine, form }: Omit<Routes, 'contextFor'>, base: string): void {
  type Numbered = { Params: { number: string } };
  server.post<Numbered>(`${base}/:number/follow`, form, async (request, reply) => {
    const number = readRequestNumber(request.params.number);
    if (number === undefined) return reply.callNotFound();
    await engine.ask('request.follow', { number });
    return reply.redirect(`${base}/${number}`, 303);
  });
  server.post<Numbered>(`${base}/:number/verdict`, form, async (request, reply) => {
    const number = readRequestNumber(request.params.number);
    const fields = fieldsOf(request.body);
    const [key, text] = [fieldText(fields, 'key').slice(0, 100), fieldText(fields, 'words').slice(0, 1000)];
    if (number === undefined || key === '') return reply.callNotFound();
    const isFixed = fieldText(fields, 'fixed') === 'yes';
    await engine.ask('request.judge', { number, key, isFixed, ...(text !== '' && { text }) });
    return reply.redirect(`${base}/${number}?key=${encodeURIComponent(key)}`, 303);
  });
}

/** The pages for people. */
export function addPageRoutes(server: FastifyInstance, engine: EngineClient, contextFor: ContextFor): void {
  const routes = { server, engine, contextFor, form: limitedTogether(server, limits.forms) };
  addNow(routes);
  addChoice(routes);
  addReports(routes);
  addRequests(routes);
  addMarks(routes);
  addUse(routes);
  for (const language of languages)
    server.get(`/${language}/accessibility`, (request, reply) => {
      const context = contextFor(request);
      const { accessibility, accessibilityText } = context.words;
      return sendPage(reply, plainPage(context, accessibility, accessibilityText, 'accessibility'));
    });
}
