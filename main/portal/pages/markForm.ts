import { marks } from '../../../shared/citizens/mark.ts';
import { MOST_COMMENT } from '../../../shared/public/publicContract.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { layout } from './layout.ts';
import type { PageContext } from './layout.ts';

type MarkForm = {
  question: string;
  action: string;
  /** What the form sends beside the mark. */
  hidden: Readonly<Record<string, string>>;
  /** It was sent without a mark. */
  isMissing: boolean;
};

/** Asks for one of five marks, and what could be better. */
export function markForm({ words }: PageContext, { question, action, hidden, isMissing }: MarkForm): Html {
  return html`<form method="post" action="${action}" id="mark">
    ${isMissing && html`<p role="alert"><strong>${words.markMissing}</strong></p>`}
    ${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <fieldset>
      <legend>${question}</legend>
      ${marks.map(
        (mark) =>
          html`<div>
            <input type="radio" id="mark-${mark}" name="mark" value="${mark}" />
            <label for="mark-${mark}">${words.markNames[mark - 1]}</label>
          </div>`,
      )}
    </fieldset>
    <div class="field">
      <label for="why">${words.why} ${words.optional}</label>
      <p class="hint" id="why-hint">${words.wordsHint}</p>
      <textarea id="why" name="why" maxlength="${MOST_COMMENT}" aria-describedby="why-hint"></textarea>
    </div>
    <button type="submit" class="second">${words.giveMark}</button>
  </form>`;
}

/** The page on which another page is given a mark. */
export const feedbackPage = (context: PageContext, main: Part): string =>
  layout(context, { title: context.words.feedback, path: 'feedback', main });
