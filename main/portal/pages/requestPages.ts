import { isClosed, isLate, isOverdue } from '../../../shared/citizens/serviceRequest.ts';
import { serviceOf } from '../../../shared/citizens/services.ts';
import type { OwnWords, PublicRequest } from '../../../shared/public/publicContract.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { layout } from './layout.ts';
import type { PageContext } from './layout.ts';
import { markForm } from './markForm.ts';

const PAGE = 50;

/** A request in a list. */
export function requestItem({ language, words, times, nowMs }: PageContext, request: PublicRequest, more?: Part): Html {
  const { number, serviceCode, state, receivedAtMs, road, releasedText } = request;
  return html`<li>
    <h2><a href="/${language}/requests/${number}">${serviceOf(serviceCode).name[language]}</a></h2>
    <p>${words.states[state]} ${isOverdue(request, nowMs) && html`<strong>${words.overdue}</strong>`}</p>
    ${releasedText !== undefined && html`<p class="text">${releasedText}</p>`}
    <p class="hint">
      ${number}. ${words.received} ${times.at(receivedAtMs)}. ${road !== undefined && `${words.nearRoad} ${road}.`}
    </p>
    ${more}
  </li>`;
}

/** The newest requests, and the search for one by its number. `notFound`: a number that is none. */
export function requestsPage(
  context: PageContext,
  requests: readonly PublicRequest[],
  page: number,
  notFound?: string,
): string {
  const { language, words } = context;
  const shown = requests.slice((page - 1) * PAGE, page * PAGE);
  const hasMore = requests.length > page * PAGE;
  return layout(context, {
    title: words.requests,
    path: 'requests',
    main: html`<form method="get" action="/${language}/requests/find">
        <div class="field">
          <label for="number">${words.findTitle}</label>
          <p class="hint" id="number-hint">${words.numberHint}</p>
          ${notFound !== undefined && html`<p role="alert"><strong>${words.noSuchRequest}</strong></p>`}
          <input
            type="text"
            id="number"
            name="number"
            maxlength="30"
            autocomplete="off"
            aria-describedby="number-hint"
            value="${notFound ?? ''}"
          />
        </div>
        <button type="submit" class="second">${words.find}</button>
      </form>
      <h2>${words.newest}</h2>
      ${shown.length === 0 ? html`<p>${words.noRequests}</p>` : undefined}
      <ul class="requests">
        ${shown.map((request) => requestItem(context, request))}
      </ul>
      ${hasMore && html`<p><a href="/${language}/requests?page=${page + 1}">${words.earlier}</a></p>`}`,
  });
}

function verdictForm({ language, words }: PageContext, number: string, key: string): Html {
  return html`<form method="post" action="/${language}/requests/${number}/verdict">
    <h2>${words.isItFixed}</h2>
    <input type="hidden" name="key" value="${key}" />
    <div class="field">
      <label for="still">${words.stillWrong} ${words.optional}</label>
      <textarea id="still" name="words" maxlength="1000"></textarea>
    </div>
    <button type="submit" name="fixed" value="yes">${words.fixedYes}</button>
    <button type="submit" name="fixed" value="no" class="second">${words.fixedNo}</button>
  </form>`;
}

/** What the reporter sees beside what everybody sees. */
function ownPart(context: PageContext, number: string, { key, words: own, isNew }: OwnView): Html {
  const { words } = context;
  return html`${
      isNew &&
      html`<p class="lead" role="status">${words.thanks}</p>
        <p>${words.next}</p>
        <p><strong>${words.keepLink}</strong></p>`
    }
    <h2>${words.yourWords}</h2>
    <p class="text">${own.text}</p>
    ${own.address !== undefined && html`<p>${own.address}</p>`}
    ${own.isFixed !== undefined && html`<p>${own.isFixed ? words.saidFixed : words.saidNotFixed}</p>`}
    ${own.mayReopen && verdictForm(context, number, key)}
    ${own.mark !== undefined && html`<p>${words.yourMark(words.markNames[own.mark - 1] ?? '')}</p>`}
    ${
      own.mayMark &&
      own.mark === undefined &&
      markForm(context, {
        question: words.howSatisfied,
        action: `/${context.language}/requests/${number}/mark`,
        hidden: { key },
        isMissing: false,
      })
    }`;
}

/** What the reporter of a request may see, with the key that proves it. */
export type OwnView = { key: string; words: OwnWords; isNew: boolean };

/** One request: what everybody may see, and for its reporter what he wrote. */
export function requestPage(context: PageContext, request: PublicRequest, own: OwnView | undefined): string {
  const { language, words, times, nowMs } = context;
  const { number, state, reason, followers, mergedInto } = request;
  const row = (name: string, value: Part): Html =>
    html`<dt>${name}</dt>
      <dd>${value}</dd>`;
  return layout(context, {
    title: words.request(number),
    path: `requests/${number}`,
    isPrivate: own !== undefined,
    feed: `/requests/${number}.atom?lang=${language}`,
    main: html`<div id="request" data-live="request">
        <dl>
          ${row(words.category, serviceOf(request.serviceCode).name[language])} ${row(words.state, words.states[state])}
          ${reason !== undefined && row(words.reason, reason)}
          ${
            mergedInto !== undefined &&
            row(words.seeInstead, html`<a href="/${language}/requests/${mergedInto}">${mergedInto}</a>`)
          }
          ${request.releasedText !== undefined && row(words.released, request.releasedText)}
          ${row(words.received, times.at(request.receivedAtMs))} ${row(words.updated, times.at(request.changedAtMs))}
          ${row(words.expected, [
            times.day(request.expectedAtMs),
            isOverdue(request, nowMs) && html` <strong>${words.overdue}</strong>`,
            isLate(request) && html` (${words.closedLate})`,
          ])}
          ${request.road !== undefined && row(words.nearRoad, request.road)}
        </dl>
        ${followers > 0 && html`<p>${words.followers(times.count(followers))}</p>`}
      </div>
      ${own !== undefined && ownPart(context, number, own)}
      ${
        own === undefined &&
        !isClosed(state) &&
        html`<form method="post" action="/${language}/requests/${number}/follow">
          <button type="submit" class="second">${words.seeItToo}</button>
        </form>`
      }
      <p><a href="/requests/${number}.atom?lang=${language}">${words.followByAtom}</a></p>`,
  });
}
