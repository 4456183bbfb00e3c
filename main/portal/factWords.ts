import type { Fact } from '../../shared/public/fact.ts';
import type { Times } from './times.ts';
import type { Words } from './words/words.ts';

function customersOf({ customers }: Fact, words: Words, times: Times): string | undefined {
  if (customers === undefined) return undefined;
  return customers === 0 ? words.fewerThanFive : words.customers(times.count(customers));
}

/** The title of a fact, by the template of its kind. */
export function factTitle(fact: Fact, words: Words, times: Times): string {
  const where = fact.zone ?? fact.roads.join(', ');
  if (fact.id.includes('/closure/')) return words.roadClosed(where === '' ? words.aRoad : where);
  if (fact.id.includes('/alert/'))
    return fact.routes.length === 0 ? words.allRoutes : words.routes(fact.routes.join(', '));
  const customers = customersOf(fact, words, times);
  const what = words.incidents[fact.incident];
  const placed = where === '' ? what : words.at(what, where);
  return customers === undefined ? placed : words.without(placed, customers);
}
