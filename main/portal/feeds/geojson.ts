import { languages } from '../../../shared/citizens/language.ts';
import type { Fact } from '../../../shared/public/fact.ts';
import { factTitle } from '../factWords.ts';
import { timesOf } from '../times.ts';
import { wordsOf } from '../words/words.ts';

type Geometry = { type: 'Point'; coordinates: number[] } | { type: 'LineString'; coordinates: number[][] } | null;

function geometryOf({ line }: Fact): Geometry {
  const [first, second] = line;
  if (first === undefined) return null;
  return second === undefined
    ? { type: 'Point', coordinates: [...first] }
    : { type: 'LineString', coordinates: line.map((point) => [...point]) };
}

const iso = (atMs: number): string => new Date(atMs).toISOString();

/**
 * Facts as a feature collection of RFC 7946. `asOfMs`: when the control room was last heard; `isStale`: it has not been
 * heard for too long.
 */
export function factsGeoJson(facts: readonly Fact[], timeZone: string, asOfMs: number, isStale: boolean): object {
  return {
    type: 'FeatureCollection',
    asOf: iso(asOfMs),
    isStale,
    features: facts.map((fact) => ({
      type: 'Feature',
      id: fact.id,
      geometry: geometryOf(fact),
      properties: {
        kind: fact.kind,
        ...Object.fromEntries(
          languages.map((each) => [`title_${each}`, factTitle(fact, wordsOf[each], timesOf(each, timeZone))]),
        ),
        text: fact.text ?? null,
        since: iso(fact.sinceMs),
        updated: iso(fact.changedAtMs),
        expectedEnd: fact.untilMs === undefined ? null : iso(fact.untilMs),
      },
    })),
  };
}
