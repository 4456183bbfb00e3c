import type { Fact, FactKind } from '../../../shared/public/fact.ts';
import type { LiveTopic } from './askedIntents.ts';
import type { NamedPlace } from './Places.ts';

const kindsOf: Readonly<Record<LiveTopic, readonly FactKind[]>> = {
  'live.outage': ['danger', 'outage'],
  'live.water': ['danger', 'water'],
  'live.road': ['danger', 'closure', 'incident'],
  'live.bus': ['danger', 'service'],
  'live.all': ['danger', 'outage', 'water', 'closure', 'service', 'incident'],
};
const MOST_FACTS = 5;

function concerns({ roads, zone, routes, kind, text }: Fact, { kind: placeKind, name }: NamedPlace): boolean {
  // A service alert without routes is about all of them.
  if (placeKind === 'route') return routes.includes(name) || (kind === 'service' && routes.length === 0);
  return roads.includes(name) || zone === name || text?.toLowerCase().includes(name.toLowerCase()) === true;
}

/** The published facts of a topic, those about a place where one is named; undefined where nothing is known. */
export function factsAbout(
  facts: readonly Fact[] | undefined,
  topic: LiveTopic,
  place: NamedPlace | undefined,
): Fact[] | undefined {
  return facts
    ?.filter((fact) => kindsOf[topic].includes(fact.kind))
    .filter((fact) => place === undefined || concerns(fact, place))
    .slice(0, MOST_FACTS);
}
