import { createLocalDays } from '../../../shared/base/localDays.ts';
import type { CustomerAccount, CustomerMeter } from '../../../shared/public/publicContract.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { addUp, steps } from '../use/periods.ts';
import type { PeriodOfUse, Step } from '../use/periods.ts';
import { layout } from './layout.ts';
import type { PageContext } from './layout.ts';

const GALLONS_PER_M3 = 264.172;

/** Why a sign-in did not work. */
export type SignInFault = 'missing' | 'wrong' | 'busy';

function signInForm({ language, words }: PageContext, account: string): Html {
  return html`<form method="post" action="/${language}/use">
    <div class="field">
      <label for="account">${words.accountNumber}</label>
      <input type="text" id="account" name="account" maxlength="120" autocomplete="off" value="${account}" />
    </div>
    <div class="field">
      <label for="code">${words.billCode}</label>
      <p class="hint" id="code-hint">${words.billCodeHint}</p>
      <input type="text" id="code" name="code" maxlength="60" autocomplete="off" aria-describedby="code-hint" />
    </div>
    <button type="submit">${words.showUse}</button>
  </form>`;
}

/** Asks for the number of an account and the code on its bill. */
export function signInPage(context: PageContext, given: { account?: string; fault?: SignInFault }): string {
  const { words, county } = context;
  const { account = '', fault } = given;
  return layout(context, {
    title: words.use,
    path: 'use',
    main:
      county?.hasAccounts === true
        ? html`${fault !== undefined && html`<div class="faults" role="alert"><p>${words.signInFaults[fault]}</p></div>`}
            <p>${words.useMore}</p>
            ${signInForm(context, account)}`
        : html`<p>${words.noAccounts}</p>`,
  });
}

/** An amount in the unit in which people of the county read it. */
function amount({ times, county }: PageContext, commodity: CustomerMeter['commodity'], use: number): string {
  if (commodity === 'electricity') return `${times.amount(use)} kWh`;
  return county?.units === 'us' ? `${times.amount(use * GALLONS_PER_M3)} gal` : `${times.amount(use * 1000)} L`;
}

function periodName({ times }: PageContext, step: Step, { startMs }: PeriodOfUse): string {
  return step === 'hour' ? times.at(startMs) : step === 'day' ? times.day(startMs) : times.month(startMs);
}

function useTable(context: PageContext, meter: CustomerMeter, step: Step): Html {
  const { words, county } = context;
  const periods = addUp(meter, step, createLocalDays(county?.timeZone ?? 'UTC'));
  const most = Math.max(...periods.map(({ use }) => use));
  if (periods.length === 0) return html`<p>${words.noUse}</p>`;
  return html`<table>
    <caption>
      ${words.commodities[meter.commodity]}, ${words.meter} ${meter.id}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.steps[step]}</th>
        <th scope="col">${words.used}</th>
        <th scope="col">${words.quality}</th>
      </tr>
    </thead>
    <tbody>
      ${periods.toReversed().map(
        (period) =>
          html`<tr>
            <th scope="row">${periodName(context, step, period)}</th>
            <td>
              ${amount(context, meter.commodity, period.use)}
              <meter min="0" max="${most || 1}" value="${period.use}" aria-hidden="true"></meter>
            </td>
            <td>${words.qualities[period.quality]}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function accountPart(context: PageContext, { id, meters }: CustomerAccount, step: Step): Html {
  const { words, language } = context;
  return html`<h2>${words.account(id)}</h2>
    ${meters.map(
      (meter) =>
        html`${
          meter.steadyFlowM3 !== undefined &&
          html`<p class="stale" role="status">
            <strong>${words.leak(amount(context, 'water', meter.steadyFlowM3))}</strong> ${words.leakMore}
          </p>`
        }
        ${useTable(context, meter, step)}`,
    )}
    <p>
      <a href="/${language}/use/green-button.xml?account=${encodeURIComponent(id)}">${words.greenButton}</a>
    </p>`;
}

/** The use of the accounts of a session. */
export function usePage(context: PageContext, accounts: readonly CustomerAccount[], step: Step): string {
  const { language, words } = context;
  return layout(context, {
    title: words.use,
    path: 'use',
    isPrivate: true,
    main: html`<nav aria-label="${words.by}">
        <ul>
          ${steps.map(
            (each) =>
              html`<li>
                <a href="/${language}/use?step=${each}" ${each === step && html`aria-current="page"`}
                  >${words.steps[each]}</a
                >
              </li>`,
          )}
        </ul>
      </nav>
      ${accounts.map((account) => accountPart(context, account, step))}
      <p><a href="/${language}/use/use.csv?step=${step}">${words.csv}</a></p>
      <p class="hint">${words.useKept}</p>
      <form method="post" action="/${language}/use/end">
        <button type="submit" class="second">${words.endSession}</button>
      </form>
      <details>
        <summary>${words.anotherAccount}</summary>
        ${signInForm(context, '')}
      </details>`,
  });
}
