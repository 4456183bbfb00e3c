import { HOUR_MS } from '../../../shared/base/durations.ts';
import type { Fact } from '../../../shared/public/fact.ts';
import { factTitle } from '../factWords.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { layout } from './layout.ts';
import type { PageContext } from './layout.ts';

/** A fact that nobody has confirmed for so long is marked. */
const OLD_MS = 4 * HOUR_MS;

/** A fact with its times and its source. */
export function factItem(fact: Fact, { words, times, countyName, nowMs }: PageContext): Html {
  const isOld = nowMs - fact.changedAtMs > OLD_MS;
  return html`<li class="fact ${fact.kind}" id="${fact.id}">
    <h2><span class="kind">${words.kinds[fact.kind]}</span> ${factTitle(fact, words, times)}</h2>
    ${fact.text !== undefined && html`<p class="text">${fact.text}</p>`}
    <p class="times">
      ${words.since(times.at(fact.sinceMs))}.
      ${fact.untilMs === undefined ? words.untilUnknown : words.until(times.at(fact.untilMs))}.
    </p>
    <p class="source">
      ${words.source(countyName)}, ${words.changed(times.age(fact.changedAtMs, nowMs))}.
      ${isOld && html`<strong>${words.old}.</strong>`}
    </p>
  </li>`;
}

function factList(facts: readonly Fact[] | undefined, context: PageContext): Html {
  const { words } = context;
  if (facts === undefined)
    return html`<p class="lead">${words.nothingKnown}</p>
      <p>${words.nothingKnownMore}</p>`;
  if (facts.length === 0)
    return html`<p class="lead">${words.nothingPublished}</p>
      <p>${words.nothingPublishedMore}</p>`;
  return html`<ol class="facts">
    ${facts.map((fact) => factItem(fact, context))}
  </ol>`;
}

/** What is going on now. `silentSinceMs`: since when the control room has not been heard. */
export function nowPage(
  context: PageContext,
  facts: readonly Fact[] | undefined,
  silentSinceMs: number | undefined,
): string {
  const { words, times, countyName, language, nowMs } = context;
  return layout(context, {
    title: words.nowTitle(countyName),
    path: '',
    feed: `/now.atom?lang=${language}`,
    main: html`<div id="now" data-live="now">
        ${silentSinceMs !== undefined && html`<p class="stale" role="status">${words.silent(times.at(silentSinceMs))}</p>`}
        <p class="asof">${words.asOf(times.at(silentSinceMs ?? nowMs))}</p>
        ${factList(facts, context)}
      </div>
      <p><a class="button" href="/${language}/report">${words.report}</a></p>
      <p class="feeds">
        ${words.feeds}<a href="/now.atom?lang=${language}">Atom</a>, <a href="/now.geojson">GeoJSON</a>,
        <a href="/alerts.atom">CAP 1.2</a>
      </p>`,
  });
}
