import { languages, localeOf } from '../../../shared/citizens/language.ts';
import type { Language } from '../../../shared/citizens/language.ts';
import type { Fact, FactKind } from '../../../shared/public/fact.ts';
import type { PublicMessage } from '../../../shared/public/publicContract.ts';
import { factTitle } from '../factWords.ts';
import { timesOf } from '../times.ts';
import { wordsOf } from '../words/words.ts';
import { element, xmlDocument } from './xml.ts';
import type { Xml } from './xml.ts';

const NAMESPACE = 'urn:oasis:names:tc:emergency:cap:1.2';

type Grade = { category: string; urgency: string; severity: string };
const grades: Readonly<Record<FactKind, Grade>> = {
  danger: { category: 'Safety', urgency: 'Immediate', severity: 'Severe' },
  outage: { category: 'Infra', urgency: 'Expected', severity: 'Moderate' },
  water: { category: 'Infra', urgency: 'Expected', severity: 'Moderate' },
  closure: { category: 'Transport', urgency: 'Expected', severity: 'Minor' },
  service: { category: 'Transport', urgency: 'Expected', severity: 'Minor' },
  incident: { category: 'Transport', urgency: 'Expected', severity: 'Minor' },
};

/** A time as CAP has it: with an offset, without "Z" and without fractions. */
export const capTime = (atMs: number): string => new Date(atMs).toISOString().replace(/\.\d+Z$/, '-00:00');

/** The identifier of an alert: without the characters that CAP forbids, and another one after each change. */
export const capIdentifier = ({ id, changedAtMs }: Fact): string =>
  `${id.replaceAll(/[\s,<&/]/g, '.')}.${changedAtMs.toString(36)}`;

function info(fact: Fact, language: Language, county: PublicMessage<'county'>): Xml {
  const words = wordsOf[language];
  const { category, urgency, severity } = grades[fact.kind];
  const area = fact.zone ?? (fact.roads.join(', ') || county.name);
  const [first] = fact.line;
  return element('info', [
    element('language', localeOf[language]),
    element('category', category),
    element('event', words.kinds[fact.kind]),
    element('urgency', urgency),
    element('severity', severity),
    element('certainty', 'Observed'),
    element('effective', capTime(fact.sinceMs)),
    ...(fact.untilMs === undefined ? [] : [element('expires', capTime(fact.untilMs))]),
    element('senderName', county.name),
    element('headline', factTitle(fact, words, timesOf(language, county.timeZone)).slice(0, 160)),
    ...(fact.text === undefined ? [] : [element('description', fact.text)]),
    element('area', [
      element('areaDesc', area),
      ...(first === undefined ? [] : [element('circle', `${String(first[1])},${String(first[0])} 1`)]),
    ]),
  ]);
}

/** A fact as an alert of CAP 1.2, in every language. In a simulated county it is an exercise. */
export function capAlert(fact: Fact, county: PublicMessage<'county'>): string {
  return xmlDocument(
    element(
      'alert',
      [
        element('identifier', capIdentifier(fact)),
        element('sender', `beacon.${county.id.replaceAll(/[\s,<&]/g, '-')}`),
        element('sent', capTime(fact.changedAtMs)),
        element('status', county.isSimulated ? 'Exercise' : 'Actual'),
        element('msgType', 'Alert'),
        element('scope', 'Public'),
        ...(county.isSimulated ? [element('note', wordsOf.en.simulated)] : []),
        ...languages.map((language) => info(fact, language, county)),
      ],
      { xmlns: NAMESPACE },
    ),
  );
}
