import { isClosed, MOST_ADDRESS, MOST_WORDS } from '../../../shared/citizens/serviceRequest.ts';
import { services } from '../../../shared/citizens/services.ts';
import type { Service, ServiceAttribute } from '../../../shared/citizens/services.ts';
import type { PublicRequest } from '../../../shared/public/publicContract.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { fieldText, fieldTexts } from '../reportForm.ts';
import type { FieldFault, Fields } from '../reportForm.ts';
import { layout } from './layout.ts';
import type { PageContext } from './layout.ts';
import { requestItem } from './requestPages.ts';

/** The services by group, each as `item` shows it. */
function groupedServices({ language }: PageContext, all: readonly Service[], item: (service: Service) => Html): Html[] {
  return [...Map.groupBy(all, ({ group }) => group[language])].map(
    ([group, own]) =>
      html`<h2>${group}</h2>
        <ul class="services">
          ${own.map(
            (service) =>
              html`<li>
                ${item(service)}
                <p class="hint">${service.description[language]}</p>
              </li>`,
          )}
        </ul>`,
  );
}

/** The choice of what a report is about: by words, or from the list. */
export function servicesPage(context: PageContext): string {
  const { language, words } = context;
  return layout(context, {
    title: words.category,
    path: 'report',
    main: html`<form method="post" action="/${language}/report">
        <div class="field">
          <label for="words">${words.inYourWords}</label>
          <p class="hint" id="words-hint">${words.wordsHint}</p>
          <textarea id="words" name="words" maxlength="${MOST_WORDS}" aria-describedby="words-hint"></textarea>
        </div>
        <button type="submit">${words.toNext}</button>
      </form>
      ${groupedServices(
        context,
        services,
        ({ code, name }) => html`<a href="/${language}/report/${code}">${name[language]}</a>`,
      )}`,
  });
}

/** The same choice for somebody who has already said what is wrong; `suggested` are shown first. */
export function choicePage(context: PageContext, text: string, suggested: readonly Service[]): string {
  const { language, words } = context;
  const button = ({ code, name }: Service): Html =>
    html`<button type="submit" class="second" name="code" value="${code}">${name[language]}</button>`;
  const others = services.filter((each) => !suggested.includes(each));
  return layout(context, {
    title: words.category,
    path: 'report',
    main: html`<form method="post" action="/${language}/report">
      <input type="hidden" name="words" value="${text}" />
      ${
        suggested.length > 0 &&
        html`<p>${words.suggested}</p>
          <ul class="services" id="suggested">
            ${suggested.map((service) => html`<li>${button(service)}</li>`)}
          </ul>`
      }
      ${groupedServices(context, others, button)}
    </form>`,
  });
}

function attributeField(attribute: ServiceAttribute, { language, words }: PageContext, fields: Fields): Html {
  const { code, isRequired, question, values, datatype } = attribute;
  const name = `attribute-${code}`;
  const given = fieldTexts(fields, name);
  const type = datatype === 'multivaluelist' ? 'checkbox' : 'radio';
  const optional = !isRequired && html` ${words.optional}`;
  if (values.length === 0)
    return html`<div class="field">
      <label for="${name}">${question[language]}${optional}</label>
      <input type="text" id="${name}" name="${name}" maxlength="500" value="${given[0] ?? ''}" />
    </div>`;
  return html`<fieldset id="${name}">
    <legend>${question[language]}${optional}</legend>
    ${values.map(
      ({ key, name: label }) =>
        html`<div>
          <input type="${type}" id="${name}-${key}" name="${name}" value="${key}" ${given.includes(key) && 'checked'} />
          <label for="${name}-${key}">${label[language]}</label>
        </div>`,
    )}
  </fieldset>`;
}

function faultSummary({ words }: PageContext, faults: readonly FieldFault[]): Part {
  if (faults.length === 0) return undefined;
  return html`<div class="faults" role="alert">
    <h2>${words.faultsTitle}</h2>
    <ul>
      ${faults.map(({ field, sentence }) => html`<li><a href="#${field}">${sentence}</a></li>`)}
    </ul>
  </div>`;
}

function placeFields({ words }: PageContext, fields: Fields): Html {
  const value = (name: string): string => fieldText(fields, name);
  return html`<fieldset>
    <legend>${words.where}</legend>
    <div class="field">
      <label for="address">${words.address}</label>
      <p class="hint" id="address-hint">${words.addressHint}</p>
      <input
        type="text"
        id="address"
        name="address"
        maxlength="${MOST_ADDRESS}"
        autocomplete="off"
        aria-describedby="address-hint"
        value="${value('address')}"
      />
    </div>
    <p>
      <button type="button" class="second" id="here" data-failed="${words.hereFailed}" hidden>${words.here}</button>
      <span id="here-status" role="status"></span>
    </p>
    <details id="coordinates" ${(value('lat') !== '' || value('long') !== '') && 'open'}>
      <summary>${words.coordinates}</summary>
      <label for="lat">${words.latitude}</label>
      <input type="text" id="lat" name="lat" inputmode="decimal" maxlength="20" value="${value('lat')}" />
      <label for="long">${words.longitude}</label>
      <input type="text" id="long" name="long" inputmode="decimal" maxlength="20" value="${value('long')}" />
    </details>
  </fieldset>`;
}

/** The form of a report. `above`: what has to be said first, such as that it was not taken. */
export function reportPage(
  context: PageContext,
  service: Service,
  fields: Fields,
  faults: readonly FieldFault[],
  above?: Part,
): string {
  const { language, words } = context;
  return layout(context, {
    title: service.name[language],
    path: `report/${service.code}`,
    main: html`${above} ${faultSummary(context, faults)}
      <p>${service.description[language]}</p>
      <form method="post" action="/${language}/report/${service.code}" novalidate>
        ${placeFields(context, fields)}
        ${service.attributes.map((attribute) => attributeField(attribute, context, fields))}
        <div class="field">
          <label for="words">${words.words}</label>
          <p class="hint" id="words-hint">${words.wordsHint}</p>
          <textarea id="words" name="words" maxlength="${MOST_WORDS}" aria-describedby="words-hint">
${fieldText(fields, 'words')}</textarea>
        </div>
        <p class="hint">${words.privacy}</p>
        <button type="submit">${words.send}</button>
      </form>`,
  });
}

/** All fields of a form, hidden, so that what was written is sent again. */
const hiddenFields = (fields: Fields): Part =>
  Object.keys(fields).flatMap((name) =>
    fieldTexts(fields, name).map((value) => html`<input type="hidden" name="${name}" value="${value}" />`),
  );

/** Asks whether a report is about the same as earlier ones, before it is sent. */
export function similarPage(
  context: PageContext,
  service: Service,
  fields: Fields,
  similar: readonly PublicRequest[],
): string {
  const { language, words } = context;
  return layout(context, {
    title: words.similarTitle,
    path: `report/${service.code}`,
    main: html`<p>${words.similarMore}</p>
      <ul class="requests">
        ${similar.map((request) =>
          requestItem(
            context,
            request,
            !isClosed(request.state) &&
              html`<form method="post" action="/${language}/requests/${request.number}/follow">
                <button type="submit" class="second">${words.seeItToo}</button>
              </form>`,
          ),
        )}
      </ul>
      <form method="post" action="/${language}/report/${service.code}">
        ${hiddenFields(fields)}
        <input type="hidden" name="isNew" value="yes" />
        <button type="submit">${words.noneOfThese}</button>
      </form>`,
  });
}
