import type { CountyPage } from '../../../shared/public/countyPage.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { contextOf, layout } from '../pages/layout.ts';
import type { PageContext } from '../pages/layout.ts';
import type { Turn } from './Answer.ts';
import { answerPart, pageSource } from './answerParts.ts';
import { plainParagraphs } from './CountyPages.ts';
import { assistantWords } from './words.ts';

/** The longest question: more of it would not be read by the classifier either. */
export const MOST_QUESTION = 500;

function turnItem({ question, language, answer }: Turn, pages: readonly CountyPage[], context: PageContext): Html {
  const own = contextOf(language, context.county, context.nowMs);
  return html`<li>
    <p class="question"><strong>${assistantWords[context.language].you}:</strong> ${question}</p>
    <div class="answer" lang="${language}">
      <p class="machine">${assistantWords[language].machine}:</p>
      ${answerPart(answer, pages, own)}
    </div>
  </li>`;
}

/** The conversation so far, and a form for the next question. `notice`: why the last one was not answered. */
export function chatPage(
  context: PageContext,
  chat: { id: string; turns: readonly Turn[]; pages: readonly CountyPage[]; notice?: string },
): string {
  const { language } = context;
  const words = assistantWords[language];
  const { id, turns, pages, notice } = chat;
  return layout(context, {
    title: words.title,
    path: 'assistant',
    isPrivate: turns.length > 0,
    main: html`<p>${words.lead}</p>
      <div role="log">
        <ol class="conversation">
          ${turns.map((turn) => turnItem(turn, pages, context))}
        </ol>
      </div>
      ${notice !== undefined && html`<p class="faults" role="alert">${notice}</p>`}
      <form method="post" action="/${language}/assistant" id="ask">
        <input type="hidden" name="conversation" value="${id}" />
        <div class="field">
          <label for="question">${words.label}</label>
          <p class="hint" id="question-hint">${words.hint}</p>
          <input
            id="question"
            name="question"
            maxlength="${MOST_QUESTION}"
            autocomplete="off"
            aria-describedby="question-hint"
            required
          />
        </div>
        <button type="submit">${words.send}</button>
      </form>
      ${turns.length > 0 && html`<p><a href="/${language}/assistant">${words.anew}</a></p>`}`,
  });
}

/** A page of the county in its own words. */
export function countyPagePage(context: PageContext, page: CountyPage): string {
  const { language } = context;
  return layout(context, {
    title: page.title,
    path: `pages/${page.id}`,
    main: html`${plainParagraphs(page.text).map((paragraph) => html`<p>${paragraph}</p>`)} ${pageSource(page, context)}
      ${page.link !== undefined && html`<p><a href="${page.link}">${page.link}</a></p>`}
      <p><a href="/${language}/assistant">${assistantWords[language].title}</a></p>`,
  });
}
