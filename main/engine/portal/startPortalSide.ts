import type { CountyMs } from '../../../shared/base/clock.ts';
import { createLocalDays } from '../../../shared/base/localDays.ts';
import { isClosed } from '../../../shared/citizens/serviceRequest.ts';
import type { County } from '../../../shared/county/county.ts';
import type { FoldedRequest } from '../../../shared/folds/foldServiceRequest.ts';
import type { Incident } from '../../../shared/incidents/incident.ts';
import { LISTED_MS, MOST_LISTED } from '../../../shared/public/publicContract.ts';
import type { CountyPage } from '../../../shared/public/countyPage.ts';
import type { PortalLine, PublicMessage, PublicRequest } from '../../../shared/public/publicContract.ts';
import type { TransitNow } from '../../../shared/public/transitNow.ts';
import type { Log } from '../base/engine.ts';
import type { Registry } from '../registry/Registry.ts';
import type { History } from '../store/store.ts';
import type { ApiKeys } from './ApiKeys.ts';
import { namesOf } from './namesOf.ts';
import type { PageMarks } from './PageMarks.ts';
import { CustomerSessions } from './CustomerSessions.ts';
import { customerUse } from './customerUse.ts';
import { publicFacts } from './publicFacts.ts';
import { PublicLine } from './PublicLine.ts';
import type { PublicHandlers } from './PublicLine.ts';
import { publicPlaces } from './publicPlaces.ts';
import type { PublicationPolicies } from './PublicationPolicies.ts';
import { ownWords, publicRequest } from './publicRequest.ts';
import type { ServiceRequests } from './ServiceRequests.ts';

type PortalSideOptions = {
  line: PortalLine;
  county: County;
  registry: Registry;
  history: Pick<History, 'query'>;
  requests: ServiceRequests;
  policies: PublicationPolicies;
  keys: ApiKeys;
  /** What the county wrote for its citizens. */
  pages: readonly CountyPage[];
  pageMarks: PageMarks;
  incidents: { incidents: () => readonly Incident[]; onChange: (listener: () => void) => () => void };
  /** See `Offers`. */
  offers: { transitNow: (nowMs: number) => TransitNow | undefined };
  nowMs: () => CountyMs;
  version: string;
  log: Log;
};

/** Answers questions of customers about their own use; the token of a session proves who asks. */
function useHandlers({
  county,
  registry,
  history,
  nowMs,
}: PortalSideOptions): Pick<PublicHandlers, `account.${string}` & keyof PublicHandlers> {
  const sessions = new CustomerSessions(county.accounts ?? [], () => performance.now());
  const days = createLocalDays(county.profile.timeZone);
  return {
    'account.signIn': ({ account, code, token }) => ({ token: sessions.signIn(account, code, token) }),
    'account.signOut': ({ token }) => {
      sessions.signOut(token);
      return {};
    },
    'account.use': ({ token, days: count }) =>
      customerUse(sessions.accountsOf(token), count, {
        history,
        meterOf: (id) => registry.meter(id),
        days,
        nowMs: nowMs(),
      }),
  };
}

const VITALS_EVERY_MS = 1000;
/** Changes of incidents come in bursts. */
const SOON_MS = 200;
/** What has an end is over without an event. */
const FACTS_EVERY_MS = 10_000;

/** Answers the questions of the public contract. */
function handlersOf(options: PortalSideOptions, shown: (request: FoldedRequest) => PublicRequest): PublicHandlers {
  const { requests, keys, pageMarks, offers, nowMs } = options;
  const found = (numbers: readonly string[]): FoldedRequest[] =>
    numbers.flatMap((number) => requests.get(number) ?? []);
  return {
    ...useHandlers(options),
    'request.find': ({ numbers }) => ({ requests: found(numbers).map(shown) }),
    'request.between': ({ fromMs, toMs, serviceCodes, isClosed: wantsClosed, skip, most }) => ({
      requests: [...requests.all()]
        .filter(
          ({ receivedAtMs, serviceCode, state }) =>
            receivedAtMs >= fromMs &&
            receivedAtMs <= toMs &&
            state !== 'spam' &&
            (serviceCodes === undefined || serviceCodes.includes(serviceCode)) &&
            (wantsClosed === undefined || isClosed(state) === wantsClosed),
        )
        .sort((a, b) => b.receivedAtMs - a.receivedAtMs)
        .slice(skip, skip + most)
        .map(shown),
    }),
    'request.similar': (place) => ({ requests: requests.similar(place).map(shown) }),
    'request.own': ({ number, key }) => ownWords(requests.own(number, key), nowMs()),
    'request.posted': ({ apiKey, numbers }) => {
      const keyId = keys.check(apiKey);
      const own = found(numbers).filter((each) => each.keyId === keyId);
      return { requests: own.map((each) => ({ number: each.number, words: ownWords(each, nowMs()) })) };
    },
    'request.submit': ({ channel, apiKey, ...words }) =>
      // A program proves by its key that it may post, and only Open311 has keys.
      requests.receive(words, channel, channel === 'open311' ? keys.check(apiKey ?? '') : undefined),
    'request.follow': async ({ number }) => {
      await requests.follow(number);
      return {};
    },
    'request.mark': async ({ number, key, mark, text }) => {
      await requests.mark(number, key, mark, text);
      return {};
    },
    'page.mark': async ({ page, mark, text }) => {
      await pageMarks.add({ page, mark, text });
      return {};
    },
    'request.judge': async ({ number, key, isFixed, text }) => {
      await requests.judge(number, key, isFixed, text);
      return {};
    },
    'transit.now': () => {
      const now = offers.transitNow(nowMs());
      return now === undefined ? {} : { now };
    },
  };
}

function countyMessage({ profile, accounts }: County, version: string): PublicMessage<'county'> {
  const { id, name, timeZone, bounds, simulated, displayUnits } = profile;
  const hasAccounts = accounts?.some(({ code = '' }) => code !== '') === true;
  return { id, name, timeZone, bounds, isSimulated: simulated, hasAccounts, units: displayUnits, version };
}

/** Serves the citizens' portal; the function returned ends it. */
export async function startPortalSide(options: PortalSideOptions): Promise<() => Promise<void>> {
  const { line, county, registry, requests, policies, pages, incidents, nowMs, version, log } = options;
  const places = publicPlaces(county, registry);
  const shown = (request: FoldedRequest): PublicRequest => publicRequest(request, places.roadOf);
  const isListed = ({ receivedAtMs, state }: FoldedRequest): boolean =>
    state !== 'spam' && nowMs() - receivedAtMs <= LISTED_MS;
  const listed = (): PublicRequest[] =>
    [...requests.all()]
      .filter(isListed)
      .sort((a, b) => b.receivedAtMs - a.receivedAtMs)
      .slice(0, MOST_LISTED)
      .map(shown);
  const facts = (): PublicMessage<'facts'> => ({
    facts: publicFacts(incidents.incidents(), policies.policy, places, nowMs()),
  });
  const publicLine = new PublicLine({
    line,
    handlers: handlersOf(options, shown),
    snapshot: () => ({
      county: countyMessage(county, version),
      vitals: { nowMs: nowMs() },
      facts: facts(),
      pages: { pages: [...pages], places: namesOf(county) },
      requests: { isFull: true, changed: listed() },
    }),
    monotonicMs: () => performance.now(),
    log,
  });
  let published = '';
  let soon: NodeJS.Timeout | undefined;
  const publishFacts = (): void => {
    soon = undefined;
    const message = facts();
    const text = JSON.stringify(message);
    if (text !== published) publicLine.publish('facts', message);
    published = text;
  };
  const publishSoon = (): void => void (soon ??= setTimeout(publishFacts, SOON_MS));
  const ends = [
    incidents.onChange(publishSoon),
    policies.onChange(publishSoon),
    requests.onChange((changed) => {
      // What turned out to be spam disappears from the lists.
      if (changed.some(({ state }) => state === 'spam'))
        publicLine.publish('requests', { isFull: true, changed: listed() });
      else publicLine.publish('requests', { isFull: false, changed: changed.filter(isListed).map(shown) });
    }),
  ];
  const timers = [
    setInterval(() => publicLine.publish('vitals', { nowMs: nowMs() }), VITALS_EVERY_MS),
    setInterval(publishFacts, FACTS_EVERY_MS),
  ];
  await publicLine.start();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    clearTimeout(soon);
    for (const end of ends) end();
    await publicLine.stop();
  };
}
