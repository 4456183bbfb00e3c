import MiniSearch from 'minisearch';
import type { PlaceNames } from '../../../shared/public/countyPage.ts';
import { wordsIn } from './foldText.ts';
import { gramsIn } from './passages/PassageIndex.ts';

/** What kind of place was named. */
export type PlaceKind = 'road' | 'stop' | 'zone' | 'route';
/** A place of the county that a text names. `from` and `to`: which words of it do. */
export type NamedPlace = { kind: PlaceKind; name: string; from: number; to: number };

/** Names that are compared letter by letter, of those with the most groups of letters in common. */
const CANDIDATES = 40;
/** So many letters of a name may have one typing error each. */
const LETTERS_PER_ERROR = 5;

/** Short forms that people write, and the words of the map. */
const longForms: Readonly<Record<string, string>> = {
  st: 'street',
  str: 'street',
  ave: 'avenue',
  av: 'avenue',
  rd: 'road',
  dr: 'drive',
  ln: 'lane',
  blvd: 'boulevard',
  hwy: 'highway',
  ct: 'court',
  pl: 'place',
  pkwy: 'parkway',
  rte: 'route',
  n: 'north',
  s: 'south',
  e: 'east',
  w: 'west',
};
const longForm = (word: string): string => longForms[word] ?? word;
const roadWords = new Set(['street', 'avenue', 'road', 'drive', 'lane', 'boulevard', 'court', 'place', 'way']);
/** In Spanish the kind of a road stands before its name: "calle Maple" is Maple Street. */
const spanishRoadWords = new Set(['calle', 'avenida', 'carretera', 'camino', 'bulevar']);
const routeWords = new Set(['route', 'bus', 'line', 'number', 'ruta', 'autobus', 'linea', 'camion', 'numero', 'buses']);

/** The number of letters that differ, with exchanged neighbours as one (optimal string alignment); stops at `most`. */
function lettersApart(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [new Uint16Array(b.length + 1), Uint16Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= a.length; row++) {
    const next = new Uint16Array(b.length + 1);
    next[0] = row;
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isExchanged = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        (last[column] ?? 0) + 1,
        (next[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isExchanged ? (before[column - 2] ?? 0) + 1 : most + 1,
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? most + 1;
}

type Known = { kind: PlaceKind; name: string; words: readonly string[] };

/** Finds places of the county in what people write, also with a typing error. */
export class Places {
  readonly #known: readonly Known[];
  readonly #routes: ReadonlyMap<string, string>;
  readonly #index: MiniSearch;

  constructor({ roads, stops, zones, routes }: PlaceNames) {
    const known = (kind: PlaceKind, names: readonly string[]): Known[] =>
      names.map((name) => ({ kind, name, words: wordsIn(name).map(longForm) }));
    this.#known = [...known('road', roads), ...known('stop', stops), ...known('zone', zones)].filter(
      ({ words }) => words.join('').length > 2,
    );
    this.#routes = new Map(routes.map((name) => [wordsIn(name).join(' '), name]));
    this.#index = new MiniSearch({
      fields: ['text'],
      tokenize: gramsIn,
      processTerm: (term) => term,
      searchOptions: { tokenize: gramsIn },
    });
    this.#index.addAll(this.#known.map(({ words }, id) => ({ id, text: words.join(' ') })));
  }

  /** The places that a text names, each of its words once, the longest names first. */
  find(text: string): NamedPlace[] {
    const words = wordsIn(text).map(longForm);
    const taken = new Set<number>();
    const found: NamedPlace[] = [];
    const candidates = [...this.#routesIn(words), ...this.#namesIn(words)].sort(
      (a, b) => a.errors - b.errors || b.to - b.from - (a.to - a.from),
    );
    for (const { kind, name, from, to } of candidates) {
      const span = Array.from({ length: to - from }, (_, each) => from + each);
      if (span.some((each) => taken.has(each))) continue;
      for (const each of span) taken.add(each);
      found.push({ kind, name, from, to });
    }
    return found;
  }

  #routesIn(words: readonly string[]): (NamedPlace & { errors: number })[] {
    return words.flatMap((word, at) => {
      if (!routeWords.has(word)) return [];
      const skipped = ['no', 'number', 'numero', 'la', 'line', 'linea'].includes(words[at + 1] ?? '') ? 2 : 1;
      const after = this.#routes.get(words[at + skipped] ?? '');
      if (after !== undefined) return [{ kind: 'route', name: after, from: at, to: at + skipped + 1, errors: -1 }];
      const before = /\d/.test(words[at - 1] ?? '') ? this.#routes.get(words[at - 1] ?? '') : undefined;
      return before === undefined ? [] : [{ kind: 'route', name: before, from: at - 1, to: at + 1, errors: -1 }];
    });
  }

  #namesIn(words: readonly string[]): (NamedPlace & { errors: number })[] {
    if (words.length === 0) return [];
    return this.#index
      .search(words.join(' '))
      .slice(0, CANDIDATES)
      .flatMap(({ id }) => {
        const known = this.#known[id as number];
        return known === undefined ? [] : spansOf(known, words);
      });
  }
}

/** Where a name stands in a text, with how many typing errors. */
function spansOf(known: Known, words: readonly string[]): (NamedPlace & { errors: number })[] {
  const { kind, name } = known;
  const forms = [{ words: known.words, lead: 0 }];
  const core = known.words.slice(0, -1);
  if (kind === 'road' && roadWords.has(known.words.at(-1) ?? '') && core.length > 0)
    forms.push({ words: core, lead: 1 });
  return forms.flatMap((form) => {
    const wanted = form.words.join(' ');
    const most = /\d/.test(wanted) ? 0 : Math.floor(wanted.length / LETTERS_PER_ERROR);
    return words.flatMap((_, from) => {
      const to = from + form.words.length;
      if (to > words.length || (form.lead === 1 && !spanishRoadWords.has(words[from - 1] ?? ''))) return [];
      const errors = lettersApart(words.slice(from, to).join(' '), wanted, most);
      return errors > most ? [] : [{ kind, name, from: from - form.lead, to, errors }];
    });
  });
}

/** The text with a common word in the place of each name, so that names do not decide what is asked for. */
export function withoutNames(text: string, places: readonly NamedPlace[]): string {
  const standIns: Readonly<Record<PlaceKind, string>> = {
    road: 'Main Street',
    stop: 'Main Street',
    zone: 'Main Street',
    route: 'route 4',
  };
  const words = wordsIn(text);
  return words
    .flatMap((word, at) => {
      const place = places.find(({ from, to }) => at >= from && at < to);
      if (place === undefined) return [word];
      return place.from === at ? [standIns[place.kind]] : [];
    })
    .join(' ');
}
