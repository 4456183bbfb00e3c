import type { FastifyReply, FastifyRequest } from 'fastify';
import { languages } from '../../shared/citizens/language.ts';
import { createLocalDays } from '../../shared/base/localDays.ts';
import { MOST_USE_DAYS } from '../../shared/public/publicContract.ts';
import type { CustomerAccount } from '../../shared/public/publicContract.ts';
import { AnswerError } from './EngineClient.ts';
import { limitedTogether, limits } from './limits.ts';
import { signInPage, usePage } from './pages/usePages.ts';
import type { SignInFault } from './pages/usePages.ts';
import { fieldText } from './reportForm.ts';
import type { Fields } from './reportForm.ts';
import { fieldsOf } from './routes.ts';
import type { Routes } from './routes.ts';
import { greenButton } from './use/greenButton.ts';
import { steps } from './use/periods.ts';
import type { Step } from './use/periods.ts';
import { useCsv } from './use/useCsv.ts';

const COOKIE = 'account';
/** How many days a page shows by each step; a month is added up from all days that there are. */
const shownDays: Readonly<Record<Step, number>> = { hour: 2, day: 14, month: MOST_USE_DAYS };

/** The token of the session, as the browser keeps it. */
function tokenOf({ headers: { cookie = '' } }: FastifyRequest): string | undefined {
  return /(?:^|;\s*)account=([\w-]{20,100})(?:;|$)/.exec(cookie)?.[1];
}

/** Scripts cannot read it, other sites cannot send it, and it ends with the browser. */
const keepToken = (request: FastifyRequest, reply: FastifyReply, token: string): FastifyReply =>
  reply.header(
    'set-cookie',
    `${COOKIE}=${token}; Path=/; HttpOnly; SameSite=Strict${request.protocol === 'https' ? '; Secure' : ''}`,
  );

/** What only one person may see is kept by nobody on the way. */
const send = (reply: FastifyReply, type: string, text: string): FastifyReply =>
  reply.type(`${type}; charset=utf-8`).header('cache-control', 'no-store').send(text);

const stepOf = (query: Fields): Step => steps.find((each) => each === fieldText(query, 'step')) ?? 'day';

/** The use of the session's accounts; undefined where there is no session. Rejects with an AnswerError. */
async function readUse(
  { engine }: Pick<Routes, 'engine'>,
  request: FastifyRequest,
  days: number,
): Promise<CustomerAccount[] | undefined> {
  const token = tokenOf(request);
  if (token === undefined) return undefined;
  try {
    return (await engine.ask('account.use', { token, days })).accounts;
  } catch (error) {
    if (error instanceof AnswerError && error.code === 'refused') return undefined;
    throw error;
  }
}

function addSession({ server, engine, contextFor, form }: Routes, language: string): void {
  const path = `/${language}/use`;
  server.post(path, form, async (request, reply) => {
    const fields = fieldsOf(request.body);
    const [account, code] = [fieldText(fields, 'account').slice(0, 120), fieldText(fields, 'code').slice(0, 60)];
    const again = (fault: SignInFault, status: number): FastifyReply =>
      send(reply.code(status), 'text/html', signInPage(contextFor(request), { account, fault }));
    if (account === '' || code === '') return again('missing', 400);
    const before = tokenOf(request);
    try {
      const { token } = await engine.ask('account.signIn', {
        account,
        code,
        ...(before !== undefined && { token: before }),
      });
      return await keepToken(request, reply, token).redirect(path, 303);
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error;
      return error.code === 'refused' ? again('wrong', 403) : again('busy', 503);
    }
  });
  server.post(`${path}/end`, form, async (request, reply) => {
    const token = tokenOf(request);
    if (token !== undefined) await engine.ask('account.signOut', { token });
    return reply.header('set-cookie', `${COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict`).redirect(path, 303);
  });
}

/** A customer's own use: pages, and the same as files. Without a session nothing of it is shown. */
export function addUse(routes: Routes): void {
  const { server, engine, contextFor } = routes;
  const limited = limitedTogether(server, limits.useReads);
  for (const language of languages) {
    const path = `/${language}/use`;
    addSession(routes, language);
    server.get(path, limited, async (request, reply) => {
      const context = contextFor(request);
      const step = stepOf(request.query as Fields);
      const accounts = await readUse(routes, request, shownDays[step]);
      return send(
        reply,
        'text/html',
        accounts === undefined ? signInPage(context, {}) : usePage(context, accounts, step),
      );
    });
    server.get(`${path}/use.csv`, limited, async (request, reply) => {
      const accounts = await readUse(routes, request, MOST_USE_DAYS);
      if (accounts === undefined) return reply.redirect(path, 303);
      const days = createLocalDays(engine.county?.timeZone ?? 'UTC');
      const text = useCsv(accounts, stepOf(request.query as Fields), days);
      return send(reply.header('content-disposition', 'attachment; filename="use.csv"'), 'text/csv', text);
    });
    server.get(`${path}/green-button.xml`, limited, async (request, reply) => {
      const accounts = await readUse(routes, request, MOST_USE_DAYS);
      if (accounts === undefined) return reply.redirect(path, 303);
      const wanted = fieldText(request.query as Fields, 'account');
      const account = accounts.find(({ id }) => id === wanted) ?? accounts[0];
      if (account === undefined) return reply.callNotFound();
      const text = greenButton(account, { timeZone: engine.county?.timeZone ?? 'UTC', nowMs: engine.nowMs() });
      return send(
        reply.header('content-disposition', 'attachment; filename="green-button.xml"'),
        'application/xml',
        text,
      );
    });
  }
}
