import type { CountyPage } from '../../../shared/public/countyPage.ts';
import { hasService, serviceOf } from '../../../shared/citizens/services.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import type { PageContext } from '../pages/layout.ts';
import { factItem } from '../pages/nowPage.ts';
import type { Answer } from './Answer.ts';
import { assistantWords } from './words.ts';

type Of<K extends Answer['kind']> = Extract<Answer, { kind: K }>;

const pagePath = ({ language, id }: CountyPage): string => `/${language}/pages/${encodeURIComponent(id)}`;
const nowLink = ({ language }: PageContext): Html =>
  html`<p><a href="/${language}">${assistantWords[language].nowLink}</a></p>`;

/** Who answers for a page, and how long it holds. */
export function pageSource({ owner, date, expires }: CountyPage, { language, times }: PageContext): Html {
  const words = assistantWords[language];
  // Days are local ones: noon in UTC is the same day nearly everywhere.
  const day = (text: string): string => times.day(Date.parse(`${text}T12:00:00Z`));
  return html`<p class="source">
    ${owner !== undefined && words.owner(owner)} ${date !== undefined && words.dated(day(date))}
    ${expires !== undefined && words.holdsUntil(day(expires))}
  </p>`;
}

function livePart({ topic, place, facts, silentSinceMs }: Of<'live'>, context: PageContext): Part {
  const { language, words, times } = context;
  const own = assistantWords[language];
  if (facts === undefined) return html`<p>${words.nothingKnown} ${words.nothingKnownMore}</p>`;
  const silent = silentSinceMs !== undefined && html`<p class="stale">${words.silent(times.at(silentSinceMs))}</p>`;
  const what = own.nothing[topic];
  const nothing = html`<p>${place === undefined ? `${what}.` : own.nothingAt(what, place.name)}</p>
    <p>${own.notAllWell}</p>`;
  const found = html`<ul class="facts">
    ${facts.map((fact) => factItem(fact, context))}
  </ul>`;
  return [
    silent,
    facts.length === 0 ? nothing : found,
    topic === 'live.bus' && html`<p>${own.noTimes}</p>`,
    nowLink(context),
  ];
}

function pagePart({ page, sentences }: Of<'page'>, context: PageContext): Part {
  const words = assistantWords[context.language];
  return html`<p>${words.pageFrom(page.title)}</p>
    <blockquote lang="${page.language}">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</blockquote>
    ${pageSource(page, context)}
    <p><a href="${pagePath(page)}">${words.more}</a></p>`;
}

/** What was understood of a report, and a form that goes on to the one in which it is checked and sent. */
function reportPart({ serviceCode, words: text, address }: Of<'report'>, { language }: PageContext): Part {
  const words = assistantWords[language];
  const service = serviceCode !== undefined && hasService(serviceCode) ? serviceOf(serviceCode) : undefined;
  return html`<form method="post" action="/${language}/report">
    <p>${words.understood}</p>
    <ul>
      ${service !== undefined && html`<li>${words.about}: ${service.name[language]}</li>`}
      ${address !== undefined && html`<li>${words.where}: ${address}</li>`}
      <li>${words.words}: ${text}</li>
    </ul>
    <input type="hidden" name="words" value="${text}" />
    ${service !== undefined && html`<input type="hidden" name="code" value="${service.code}" />`}
    ${address !== undefined && html`<input type="hidden" name="address" value="${address}" />`}
    <button type="submit">${words.continueReport}</button>
  </form>`;
}

function choicePart({ between }: Of<'choose'>, { language }: PageContext): Part {
  const words = assistantWords[language];
  const paths = { live: '', report: '/report', account: '/use', follow: '/requests' } as const;
  return html`<p>${words.choose}</p>
    <ul>
      ${between.map((each) => html`<li><a href="/${language}${paths[each]}">${words.choices[each]}</a></li>`)}
    </ul>`;
}

/** Who can be asked: the offices that answer for the county's pages. */
function humanPart(pages: readonly CountyPage[], { language, countyName }: PageContext): Part {
  const words = assistantWords[language];
  const owners = [...new Set(pages.filter((each) => each.language === language).flatMap(({ owner }) => owner ?? []))];
  return html`<p>${words.human(countyName)}</p>
    ${
      owners.length > 0 &&
      html`<p>${words.humanWho}</p>
        <ul>
          ${owners.map((owner) => html`<li>${owner}</li>`)}
        </ul>`
    }
    <p><a href="/${language}/report/other">${words.humanReport}</a></p>`;
}

function unknownPart({ nearest }: Of<'unknown'>, context: PageContext): Part {
  const words = assistantWords[context.language];
  return html`<p>${words.unknown}</p>
    ${
      nearest !== undefined &&
      html`<p><a href="${pagePath(nearest)}">${words.nearest(nearest.title)}</a></p>
        ${nearest.owner !== undefined && html`<p>${words.owner(nearest.owner)}</p>`}`
    }
    <p><a href="/${context.language}/report/other">${words.askPerson}</a></p>`;
}

function taskPart({ task }: Of<'task'>, { language, words: portalWords }: PageContext): Part {
  const words = assistantWords[language];
  if (task === 'account')
    return html`<p>${words.account}</p>
      <p><a href="/${language}/use">${portalWords.use}</a></p>`;
  return html`<p>${words.follow}</p>
    <p><a href="/${language}/requests">${words.followLink}</a></p>`;
}

/** An answer as it is shown, in the language of the question. `pages`: all of the county's. */
export function answerPart(answer: Answer, pages: readonly CountyPage[], context: PageContext): Part {
  switch (answer.kind) {
    case 'live':
      return livePart(answer, context);
    case 'page':
      return pagePart(answer, context);
    case 'task':
      return taskPart(answer, context);
    case 'report':
      return reportPart(answer, context);
    case 'choose':
      return choicePart(answer, context);
    case 'human':
      return humanPart(pages, context);
    case 'unknown':
      return unknownPart(answer, context);
    default: {
      const text = assistantWords[context.language].kinds[answer.kind];
      return answer.kind === 'emergency' ? html`<p class="danger"><strong>${text}</strong></p>` : html`<p>${text}</p>`;
    }
  }
}
