import type { FastifyReply } from 'fastify';
import { languages } from '../../shared/citizens/language.ts';
import { markedPages, markSchema } from '../../shared/citizens/mark.ts';
import { readRequestNumber } from '../../shared/citizens/serviceRequest.ts';
import { MOST_COMMENT } from '../../shared/public/publicContract.ts';
import { html } from './html.ts';
import type { PageContext } from './pages/layout.ts';
import { feedbackPage, markForm } from './pages/markForm.ts';
import { fieldText } from './reportForm.ts';
import type { Fields } from './reportForm.ts';
import { fieldsOf, sendPage } from './routes.ts';
import type { Routes } from './routes.ts';

type Given = { mark: number | undefined; text?: string };

function readMark(fields: Fields): Given {
  const mark = markSchema.safeParse(Number(fieldText(fields, 'mark')));
  const text = fieldText(fields, 'why').slice(0, MOST_COMMENT);
  return { mark: mark.data, ...(text !== '' && { text }) };
}

function askForMark(reply: FastifyReply, context: PageContext, page: string, isMissing: boolean): FastifyReply {
  const { language, words } = context;
  const form = { question: words.howSatisfiedPage, action: `/${language}/feedback`, hidden: { page }, isMissing };
  return sendPage(isMissing ? reply.code(400) : reply, feedbackPage(context, markForm(context, form)));
}

/** Marks: for each page, and for the service when a request is closed. */
export function addMarks({ server, engine, contextFor, form }: Routes): void {
  const pageOf = (fields: Fields): (typeof markedPages)[number] =>
    markedPages.find((each) => each === fieldText(fields, 'page')) ?? 'now';
  for (const language of languages) {
    const path = `/${language}/feedback`;
    server.get(path, (request, reply) =>
      askForMark(reply, contextFor(request), pageOf(request.query as Fields), false),
    );
    server.post(path, form, async (request, reply) => {
      const fields = fieldsOf(request.body);
      const { mark, ...more } = readMark(fields);
      const context = contextFor(request);
      if (mark === undefined) return askForMark(reply, context, pageOf(fields), true);
      await engine.ask('page.mark', { page: pageOf(fields), mark, ...more });
      return sendPage(
        reply,
        feedbackPage(context, html`<p class="lead" role="status">${context.words.markThanks}</p>`),
      );
    });
    server.post<{ Params: { number: string } }>(`/${language}/requests/:number/mark`, form, async (request, reply) => {
      const number = readRequestNumber(request.params.number);
      const fields = fieldsOf(request.body);
      const key = fieldText(fields, 'key').slice(0, 100);
      const { mark, ...more } = readMark(fields);
      if (number === undefined || key === '') return reply.callNotFound();
      if (mark !== undefined) await engine.ask('request.mark', { number, key, mark, ...more });
      return reply.redirect(`/${language}/requests/${number}?key=${encodeURIComponent(key)}#mark`, 303);
    });
  }
}
